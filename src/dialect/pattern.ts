/** What RE2 means by these (its syntax page), in letters that every engine reads the same. */
const LETTERS: Readonly<Record<string, string>> = { d: "0-9", s: " \\t\\n\\f\\r", w: "0-9A-Za-z_" };

/** Of which Java has others: its `$` also ends before a last line break, its `.` stops at more than one. */
const SIGNS: Readonly<Record<string, string>> = { ".": "[^\\n]", $: "\\z" };

/** Escapes that mean the same everywhere: of punctuation, of tabs and line breaks, and Unicode's letters and numbers. */
const ESCAPE = String.raw`\\(?:[^A-Za-z0-9]|[tnrf]|p\{[LN]\})`;

/** A class, letters, what is shared as it stands, or a sign. What begins with `(?` is a group of one of two kinds. */
const PART = new RegExp(
  String.raw`\[(?<inside>(?!\^?\])(?:\\.|[^\\\]])*)\]|\\(?<letters>[dswDSW])|(?<shared>${ESCAPE}|\(\?i\)|\(\?:)|(?<sign>(?!\(\?)[^\\[])`,
  "gsy",
);

/** `[[:alpha:]]`, `&&` and what is left out within a class are read differently, or by one engine alone. */
const PART_OF_CLASS = new RegExp(
  String.raw`\\(?<letters>[dsw])|(?<shared>${ESCAPE})|(?<sign>[^\\[&]|&(?!&))`,
  "gsy",
);

/** A pattern of RE2 in what RE2 and Java's patterns share; undefined where they do not share it: `\b`, lookarounds, names of groups. */
export const sharedPattern = (pattern: string): string | undefined =>
  written(pattern, PART, ({ inside, letters, shared, sign = "" }) => {
    if (inside !== undefined) return sharedClass(inside);
    if (letters !== undefined) return `[${/[DSW]/.test(letters) ? "^" : ""}${lettersOf(letters)}]`;
    return shared ?? SIGNS[sign] ?? sign;
  });

function sharedClass(inside: string): string | undefined {
  const shared = written(inside, PART_OF_CLASS, (part) =>
    part["letters"] === undefined ? (part["shared"] ?? part["sign"]) : lettersOf(part["letters"]),
  );
  return shared === undefined ? undefined : `[${shared}]`;
}

const lettersOf = (name: string) => LETTERS[name.toLowerCase()] ?? "";

type Parts = Readonly<Record<string, string | undefined>>;

/** All parts as they are written anew; undefined where one is none of these. */
function written(
  pattern: string,
  part: RegExp,
  anew: (parts: Parts) => string | undefined,
): string | undefined {
  const found = [...pattern.matchAll(part)];
  const parts = found.map(({ groups = {} }) => anew(groups));
  const isWhole = found.map(([text]) => text).join("") === pattern;
  return isWhole && parts.every((text) => text !== undefined) ? parts.join("") : undefined;
}

/** Whether a pattern can be found once in a text at most: it begins at its beginning, or ends at its end. */
export const isAnchored = (pattern: string): boolean =>
  !pattern.replaceAll(/\([^()]*\)/g, "").includes("|") &&
  (pattern.startsWith("^") || /(^|[^\\])\$$/.test(pattern));

/** `\1` of a replacement as Java writes it. */
export const inJava = (replacement: string): string =>
  replacement.replaceAll("$", "\\$").replaceAll(/\\(\d)/g, "$$$1");

/** The pattern with no group but this one: none where it is 0. */
export function withOneGroup(pattern: string, group: number): string {
  let seen = 0;
  return pattern.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]|\((?!\?)/gs, (part) => {
    if (part !== "(") return part;
    seen += 1;
    return seen === group ? part : "(?:";
  });
}
