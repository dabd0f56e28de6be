/**
 * Makes any text safe to print. What cannot be seen (control characters, zero-width and direction
 * marks) or has no glyph is printed as its code, `[U+202E]`: evidence must not hide anything, and a
 * missing glyph is silent in PDFKit.
 */
const PLAIN = /^[\x20-\x7e\n]*$/;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;
const SPACE = /\p{Zs}/u;
const NO_BREAK = "\u00a0";
/** They choose how an emoji looks and say nothing. */
const VARIATION = /[\ufe00-\ufe0f]/;
/** Hyphens share one glyph; whichever came first would be what a reader copies for all of them. */
const HYPHEN = /[\u2010\u2011]/;

export type HasGlyph = (codePoint: number) => boolean;

export function printable(text: string, hasGlyph: HasGlyph, onReplaced: (codePoint: number) => void): string {
  if (PLAIN.test(text)) return text;
  let result = "";
  for (const character of text.replace(/\r\n?/g, "\n"))
    result += printableCharacter(character, hasGlyph, onReplaced);
  return result;
}

function printableCharacter(
  character: string,
  hasGlyph: HasGlyph,
  onReplaced: (codePoint: number) => void,
): string {
  if (character === "\n" || character === NO_BREAK) return character;
  if (character === "\t" || SPACE.test(character)) return character === "\u202f" ? NO_BREAK : " ";
  if (VARIATION.test(character)) return "";
  if (HYPHEN.test(character)) return "-";
  const codePoint = codePointOf(character);
  if (!UNSEEN.test(character) && hasGlyph(codePoint)) return character;
  onReplaced(codePoint);
  return codeOf(codePoint);
}

/** Of a character as `for ... of` gives it, which is never empty. */
export function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0xfffd;
}

export function codeOf(codePoint: number): string {
  return `[U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}]`;
}

/** A title is a line or a few; whoever wrote a book into one finds it whole in the tables. */
const LONGEST_TITLE = 300;
/** Some ten pages of a narrow column. */
const LONGEST_TEXT = 20_000;

/** Text of a length that a page can bear. What is left out is said, and stands in the attached file. */
export function bounded(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const kept = cut(text, LONGEST_TEXT);
  return `${kept} [… and ${text.length - kept.length} more characters, which the attached file has]`;
}

export function boundedTitle(text: string): string {
  return text.length <= LONGEST_TITLE ? text : `${cut(text, LONGEST_TITLE)}…`;
}

/** Never in the middle of a character. */
function cut(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/** For titles, bookmarks and metadata, which viewers set in fonts of their own: one line, nothing unseen. */
export function plainLine(text: string): string {
  return printable(
    boundedTitle(text),
    () => true,
    () => {},
  )
    .replace(/[\s\u00a0]+/g, " ")
    .trim();
}
