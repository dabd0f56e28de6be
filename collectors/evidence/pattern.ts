/** What a place in a path can say of the file. */
export const PLACEHOLDERS = ["service", "sha", "version", "digest", "environment", "suite", "run"] as const;

export type Placeholder = (typeof PLACEHOLDERS)[number];

const PLACEHOLDER = /\{(\w+)\}/g;

export const placeholdersOf = (pattern: string): string[] =>
  [...pattern.matchAll(PLACEHOLDER)].map(([, name = ""]) => name);

/** The pattern with `*` for every placeholder: what to look for on disk. */
export const globOf = (pattern: string): string => pattern.replaceAll(PLACEHOLDER, "*");

/** What the path of a file says where the pattern has placeholders; one that has none says nothing. */
export function saidByPath(pattern: string, path: string): Readonly<Partial<Record<Placeholder, string>>> {
  if (placeholdersOf(pattern).length === 0) return {};
  return { ...expressionOf(pattern).exec(path)?.groups };
}

const TOKEN = /\{(\w+)\}|\*\*\/|\*\*|\*|\?|[^{*?]+|\{/g;

function expressionOf(pattern: string): RegExp {
  const seen = new Set<string>();
  const source = pattern.replace(/^\.\//, "").replaceAll(TOKEN, (token, name?: string) => {
    if (name !== undefined) return named(name, seen);
    if (token === "**/") return "(?:[^/]+/)*";
    if (token === "**") return ".*";
    if (token === "*") return "[^/]*";
    return token === "?" ? "[^/]" : token.replaceAll(/[\\^$.|+()[\]{}]/g, "\\$&");
  });
  return new RegExp(`^${source}$`, "u");
}

/** A placeholder that comes again stands for the same text. */
function named(name: string, seen: Set<string>): string {
  if (seen.has(name)) return `\\k<${name}>`;
  seen.add(name);
  return `(?<${name}>[^/]+?)`;
}
