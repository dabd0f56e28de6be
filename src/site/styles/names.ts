/** Colours, sizes and fonts of the style, by name and as pages have them: a page names them hundreds of times. */
const SHORT = {
  ...{ paper: "p", ink: "i", muted: "m", line: "r", past: "o", accent: "a", tint: "t", edge: "e", better: "b", worse: "w" },
  ...{ small: "s", large: "g", huge: "h", serif: "f", sans: "n" },
} as const;

/** `var(--a)`, for pictures in a page. */
export const propertyOf = (name: keyof typeof SHORT): string => `var(--${SHORT[name]})`;

const LONG = new RegExp(`--(${Object.keys(SHORT).join("|")})\\b`, "g");

export const withShortNames = (css: string): string => css.replace(LONG, (_, name: keyof typeof SHORT) => `--${SHORT[name]}`);
