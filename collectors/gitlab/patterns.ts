/** `*` stands for anything; case does not matter to GitLab. Without a slash, only the last part of the path has to fit. */
export const fits = (path: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => globOf(pattern).test(pattern.includes("/") ? path : nameIn(path)));

const nameIn = (path: string) => path.slice(path.lastIndexOf("/") + 1);

const globOf = (pattern: string): RegExp =>
  new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`, "iu");

const escaped = (text: string) => text.replaceAll(/[\\^$.+?()[\]{}|/]/g, "\\$&");
