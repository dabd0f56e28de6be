import { MARK } from "./nodes.ts";

/** Word of the product's queries, or `word/2` of one with two arguments, -> that of an engine: `$1` is the first argument, `$*` all of them as they stand, `$+` all but the first, `$$` a dollar. */
export type Words = Readonly<Record<string, string>>;

/** Replaces each marked call by the engine's words. What it has none for stays, marked. */
export function withWords(sql: string, words: Words): string {
  let written = "";
  let at = 0;
  while (at < sql.length) {
    const call = isWordPart(sql[at - 1]) ? undefined : callAt(sql, at);
    const end = call?.end ?? skipped(sql, at);
    written += call === undefined ? sql.slice(at, end) : replaced(call, words);
    at = end;
  }
  return written;
}

/** Calls in marked SQL that there are no words for. */
export function unworded(sql: string, words: Words): string[] {
  const known = new Set(Object.keys(words).map((word) => word.replace(/\/\d$/, "")));
  const called = [...withoutTexts(sql).matchAll(new RegExp(`\\b${MARK}([^\\s()]+)\\(`, "gi"))].map(
    ([, name]) => (name ?? "").toLowerCase(),
  );
  return [...new Set(called)].filter((name) => !known.has(name)).sort();
}

/** SQL with its texts and quoted names left out, to look for words in. */
export function withoutTexts(sql: string): string {
  let kept = "";
  let at = 0;
  while (at < sql.length) {
    const end = skipped(sql, at);
    kept += end - at > 1 && (sql[at] === "'" || sql[at] === '"') ? " x " : sql.slice(at, end);
    at = end;
  }
  return kept;
}

/** An aggregate that takes the place of array_agg, of which alone the transpiler keeps the order and the filter. */
const INSTEAD = "instead of array_agg: ";

interface Call {
  readonly name: string;
  /** What stands between the parentheses. */
  readonly inside: string;
  readonly end: number;
}

const isWordPart = (character: string | undefined) => character !== undefined && /[\w$.]/.test(character);

const CALL = new RegExp(`${MARK}([a-z0-9_]+)\\(`, "iy");

function callAt(sql: string, at: number): Call | undefined {
  CALL.lastIndex = at;
  const found = CALL.exec(sql);
  if (found === null) return undefined;
  const from = at + found[0].length;
  const close = closing(sql, from);
  return { name: (found[1] ?? "").toLowerCase(), inside: sql.slice(from, close), end: close + 1 };
}

function replaced({ name, inside }: Call, words: Words): string {
  const given = withWords(inside, words);
  const parts = parted(given);
  const word = words[`${name}/${parts.length}`] ?? words[name];
  if (word === undefined) return `${MARK}${name}(${given})`;
  if (word.startsWith(INSTEAD)) return given.trimStart().replace(/^array_agg/i, word.slice(INSTEAD.length));
  return word.replaceAll(/\$([$*+]|\d)/g, (_, which: string) => {
    if (which === "$") return "$";
    if (which === "+") return parts.slice(1).join(", ");
    return which === "*" ? given : (parts[Number(which) - 1] ?? "null");
  });
}

/** Arguments, parted at the commas between them. */
function parted(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  while (at < text.length) {
    if (text[at] === ",") {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
    at = OPENING.has(text[at] ?? "") ? closing(text, at + 1) + 1 : skipped(text, at);
  }
  return [...parts, text.slice(from).trim()].filter((part, _, all) => all.length > 1 || part !== "");
}

const OPENING = new Set(["(", "[", "{"]);
const CLOSING = new Set([")", "]", "}"]);

/** Where what was opened before `from` is closed. */
function closing(text: string, from: number): number {
  let at = from;
  while (at < text.length && !CLOSING.has(text[at] ?? "")) {
    at = OPENING.has(text[at] ?? "") ? closing(text, at + 1) + 1 : skipped(text, at);
  }
  return at;
}

/** The end of a text, quoted name or comment that begins here; else of one character. */
function skipped(text: string, at: number): number {
  const character = text[at];
  if (character === "'" || character === '"' || character === "`") return afterQuote(text, at, character);
  if (text.startsWith("/*", at)) return after(text, "*/", at);
  if (text.startsWith("--", at)) return after(text, "\n", at);
  return at + 1;
}

function after(text: string, mark: string, at: number): number {
  const found = text.indexOf(mark, at);
  return found === -1 ? text.length : found + mark.length;
}

/** A doubled quote begins a text anew at once, which comes to the same. */
const afterQuote = (text: string, at: number, quote: string): number => after(text, quote, at + 1);
