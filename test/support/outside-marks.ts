import { unescape } from "html-escaper";

const [OPEN, CLOSE] = ["⟦", "⟧"];
const TAG = /<!--.*?-->|<(script|style|pre|code)\b.*?<\/\1>|<(?:"[^"]*"|[^">])*>/gs;
/** Attributes that people read or hear. */
const SPOKEN = / (?:aria-label|data-label|data-hint|placeholder|title|alt)="([^"]*)"/g;

/** A message as a translation would have it, marked so that what is no message stands out. */
export const marked = (message: string): string => `${OPEN}${message}${CLOSE}`;

/** Texts of a page that no message has around them, as they stand between tags and messages. */
export function outsideMarks(html: string): string[] {
  const labels = [...html.matchAll(TAG)].flatMap(([tag]) => [...tag.matchAll(SPOKEN)].map(([, text]) => text ?? ""));
  // A sentence goes on over the tags of its links; a label stands by itself.
  const texts = [html.replace(TAG, "\n"), ...labels].flatMap(outside);
  return texts.map((text) => unescape(text).replace(/\s+/g, " ").trim()).filter((text) => /\p{L}{2}/u.test(text));
}

function outside(text: string): string[] {
  let depth = 0;
  let found = "";
  for (const character of text) {
    if (character === OPEN) depth += 1;
    else if (character === CLOSE) depth -= 1;
    else if (depth === 0) found += character;
    if (character === OPEN || character === CLOSE) found += "\n";
  }
  return found.split("\n");
}

/** Every text in rows, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value instanceof Map) return [...value].flatMap(textsIn);
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(textsIn) : [];
}
