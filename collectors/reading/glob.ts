/** `*` stands for anything; case does not matter where repositories live. */
export const globOf = (pattern: string): RegExp =>
  new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`, "i");

const escaped = (text: string) => text.replaceAll(/[\\^$.+?()[\]{}|]/g, "\\$&");

/** Patterns fit the whole path of a repository, or, without a slash, its last part. */
export const fits = (path: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => globOf(pattern).test(pattern.includes("/") ? path : nameIn(path)));

const nameIn = (path: string) => path.slice(path.lastIndexOf("/") + 1);
