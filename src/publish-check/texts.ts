import { createReadStream } from "node:fs";
import { extname } from "node:path";
import { secretsIn } from "../../reports/evidence/secrets.ts";
import type { Findings } from "./finding.ts";
import { decoded } from "./html.ts";
import type { NameFinder } from "./names.ts";

/** What is packed in a way that hides its text; rows of Parquet stand in CSV too, evidence of a PDF beside it. */
const PACKED = new Set([".parquet", ".pdf", ".zip", ".gz", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".woff", ".woff2"]);

export const isPacked = (file: string): boolean => PACKED.has(extname(file).toLowerCase());

const WINDOW = 1 << 20;
const LONGEST_LINE = 4 * WINDOW;
const OVERLAP = 8192;

interface Window {
  readonly text: string;
  /** Number of its first line. */
  readonly line: number;
}

/** A text of any size in parts of whole lines; where a line is longer than a part may be, its parts overlap. */
async function* windowsOf(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Window> {
  let text = "";
  let line = 1;
  for await (const chunk of chunks) {
    text += chunk;
    if (text.length < WINDOW) continue;
    const end = text.lastIndexOf("\n") + 1;
    if (end === 0 && text.length < LONGEST_LINE) continue;
    const part = end === 0 ? text : text.slice(0, end);
    yield { text: part, line };
    line += count(part);
    text = end === 0 ? text.slice(-OVERLAP) : text.slice(end);
  }
  if (text !== "") yield { text, line };
}

const count = (text: string) => text.match(/\n/g)?.length ?? 0;

export const textOf = (path: string): AsyncIterable<string> => createReadStream(path, { encoding: "utf8", highWaterMark: WINDOW }) as AsyncIterable<string>;

/** Looks through a text for what must not go out, line by line. Says where, never what. */
export async function lookThrough(
  file: string,
  chunks: AsyncIterable<string> | Iterable<string>,
  finder: NameFinder | undefined,
  findings: Findings,
): Promise<void> {
  const isPage = extname(file) === ".html";
  const last = { secrets: 0, names: 0 };
  const once = (line: number, check: "secrets" | "names", message: string, remedy: string) => {
    // One for each line: a long one is seen in parts that overlap.
    if (last[check] === line) return;
    last[check] = line;
    findings.add({ check, status: "fault", file, line, message, remedy });
  };
  for await (const window of windowsOf(chunks)) {
    const text = isPage ? decoded(window.text) : window.text;
    for (const { from, rule } of await secretsIn(text))
      once(window.line + count(text.slice(0, from)), "secrets", `holds what looks like a secret (${rule})`, "revoke it, take it out at its source, collect and build anew");
    if (finder?.(text) === undefined) continue;
    for (const [at, line] of text.split("\n").entries()) {
      const found = finder(line);
      if (found === undefined) continue;
      const message = `holds the ${found.kind} of a person, from character ${found.index + 1} of the line`;
      once(window.line + at, "names", message, "`publish.people` withholds it: take it out at its source, or out of the configuration, and build anew");
    }
  }
}
