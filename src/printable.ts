// Controls speak to the terminal; marks of direction show text in another order than it stands in.
const UNPRINTABLE = "\\p{Cc}\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069";
const BUT_LINE_BREAKS = new RegExp(`(?!\\n)[${UNPRINTABLE}]`, "gu");
const ALL = new RegExp(`[${UNPRINTABLE}]`, "gu");

/** Text from sources on its way to a terminal: it may break lines, and must not speak to the terminal. */
export const printable = (text: string): string => text.replace(BUT_LINE_BREAKS, "\u{FFFD}");

/** The same where one line is one fact, which no text may break: names in notes, titles of pages. */
export const printableLine = (text: string): string => text.replace(ALL, "\u{FFFD}");

const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** The same without loss, for text in which an escape means the character: JSON, quoted YAML. */
export const unseenEscaped = (text: string, escape: (character: string) => string = jsonEscape): string =>
  text.replace(UNSEEN, escape);

export const hasUnseen = (text: string): boolean => text.search(UNSEEN) >= 0 || text.includes("\n");

export const jsonEscape = (character: string): string =>
  character
    .split("")
    .map((half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
