/** How a repository's release tags look. */
export interface ReleaseTags {
  /** The commonest pattern, e.g. `v{version}`. */
  readonly pattern: string;
  readonly matching: number;
  readonly total: number;
  /** Further patterns, commonest first: the parts of a monorepo are often tagged apart. */
  readonly others: readonly string[];
}

const VERSIONED = /^(?<prefix>[^{}]*?)\d+(?:\.\d+)+(?:[-+.]?[0-9a-z][0-9a-z.+-]*)?$/i;

/** The pattern of release tags that most tags follow; undefined where none looks like a version. */
export function guessReleaseTags(tags: readonly string[]): ReleaseTags | undefined {
  const prefixes = tags.flatMap((tag) => VERSIONED.exec(tag)?.groups?.["prefix"] ?? []);
  const groups = [...Map.groupBy(prefixes, (prefix) => prefix)]
    .map(([prefix, { length }]) => ({ pattern: `${prefix}{version}`, matching: length }))
    .toSorted((a, b) => b.matching - a.matching || (a.pattern < b.pattern ? -1 : 1));
  const [commonest, ...others] = groups;
  return commonest && { ...commonest, total: tags.length, others: others.map(({ pattern }) => pattern) };
}
