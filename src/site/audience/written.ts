import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../package-root.ts";
import { practices } from "../../practices/practices.ts";
import { queryFiles } from "../../warehouse/model.ts";
import type { Warehouse } from "../../warehouse/open.ts";
import { NOT_SHOWN } from "./audience.ts";

const FREE_TEXT = readFileSync(join(packageRoot, "src/warehouse/sql/free_text.sql"), "utf8");

/** Shorter ones, and single words, tell no more than a word of a list does. */
const SHORTEST = 8;
/** So much of a text is that text, where a sentence quotes only its beginning. */
const TELLING = 40;

const START = /(?<![\p{L}\p{N}\p{M}])[^\s]/gu;

/** Takes what people wrote in their own words out of other texts. */
export async function withoutWritten(warehouse: Warehouse, localQueries?: string): Promise<(text: string) => string> {
  const rows = await warehouse.rows<{ text: string }>(FREE_TEXT);
  return withoutTexts(rows.map(({ text }) => text), literals(localQueries));
}

/** @param own texts that the product says by itself */
export function withoutTexts(texts: readonly string[], own: ReadonlySet<string>): (text: string) => string {
  const titles = practices().map(({ title }) => title).join("\n");
  const written = texts.filter((text) => text.length >= SHORTEST && /\s/.test(text) && !own.has(text) && !titles.includes(text));
  const byStart = Map.groupBy(written, startOf);
  return (text) => {
    let [result, done] = ["", 0];
    if (text.length < SHORTEST || !/\s/.test(text)) return text;
    for (const { index } of text.matchAll(START)) {
      if (index < done) continue;
      const quoted = longest(byStart.get(startOf(text.slice(index, index + SHORTEST))) ?? [], text, index);
      if (quoted === 0) continue;
      result += text.slice(done, index) + NOT_SHOWN;
      done = index + quoted;
    }
    return done === 0 ? text : result + text.slice(done);
  };
}

const startOf = (text: string) => text.slice(0, SHORTEST).toLowerCase();

/** How much of the text there is the beginning of one of these. */
function longest(texts: readonly string[], within: string, at: number): number {
  return texts.reduce((most, text) => {
    const same = sameUntil(text, within, at);
    return same >= Math.min(text.length, TELLING) ? Math.max(most, same) : most;
  }, 0);
}

function sameUntil(text: string, within: string, at: number): number {
  let same = 0;
  while (same < text.length && text.charAt(same).toLowerCase() === within.charAt(at + same).toLowerCase()) same += 1;
  return same;
}

/** What queries say in words of their own: a ticket of the same title must not take it from them. */
function literals(localQueries: string | undefined): Set<string> {
  return new Set(
    queryFiles(localQueries).flatMap(({ sql, header }) => [
      header.title,
      ...[...sql.matchAll(/'((?:[^']|'')*)'/g)].map(([, said = ""]) => said.replaceAll("''", "'").trim()),
    ]),
  );
}
