import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";
import { FieldError } from "./errors.ts";

export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

export type Key = readonly [string | number, number];

/**
 * A sorted list, with the key by which it is sorted. Cursors hold the key, so that a page goes on behind the
 * record where the last one ended, whatever came or went meanwhile.
 */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly keyOf: (item: T, index: number) => Key;
  readonly isDescending?: boolean;
  /** Search finds more than it gives. */
  readonly totalCount?: number;
}

export interface Connection<T> {
  readonly totalCount: number;
  readonly nodes: readonly T[];
  readonly edges: () => { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** A list whose order is its own: of commits, files, statuses. */
export function inOrder<T>(items: readonly T[]): Listing<T> {
  return { items, keyOf: (_, index) => [index, index] };
}

export function connect<T>(
  listing: Listing<T>,
  page: PageArguments,
  info: GraphQLResolveInfo,
): Connection<T> {
  check(page, info);
  const { items, keyOf } = listing;
  let from = page.after == null ? 0 : firstBehind(listing, decode(page.after));
  let until = page.before == null ? items.length : firstAtOrBehind(listing, decode(page.before));
  if (page.first != null) until = Math.min(until, from + Math.max(0, page.first));
  else if (page.last != null) from = Math.max(from, until - Math.max(0, page.last));
  const nodes = page.first == null && page.last == null ? [] : items.slice(from, until);
  const cursors = nodes.map((node, index) => encode(keyOf(node, from + index)));
  return {
    totalCount: listing.totalCount ?? items.length,
    nodes,
    edges: () => nodes.map((node, index) => ({ cursor: cursors[index] ?? "", node })),
    pageInfo: {
      hasNextPage: until < items.length,
      hasPreviousPage: from > 0,
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
    },
  };
}

const firstBehind = <T>(listing: Listing<T>, key: Key) => search(listing, (order) => order > 0, key);
const firstAtOrBehind = <T>(listing: Listing<T>, key: Key) => search(listing, (order) => order >= 0, key);

function search<T>(
  { items, keyOf, isDescending }: Listing<T>,
  isBehind: (order: number) => boolean,
  key: Key,
): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = compareKeys(keyOf(items[middle] as T, middle), key);
    if (isBehind(isDescending ? -order : order)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function compareKeys([one, oneId]: Key, [other, otherId]: Key): number {
  if (one === other) return oneId - otherId;
  return one < other ? -1 : 1;
}

const MARK = "cursor:v2:";

function encode(key: Key): string {
  return Buffer.from(MARK + JSON.stringify(key)).toString("base64");
}

function decode(cursor: string): Key {
  const text = Buffer.from(cursor, "base64").toString();
  try {
    if (text.startsWith(MARK)) return JSON.parse(text.slice(MARK.length)) as Key;
  } catch {
    // The same as a cursor of no known form.
  }
  throw new FieldError("INVALID_CURSOR_ARGUMENTS", `\`${cursor}\` does not appear to be a valid cursor.`);
}

/** GitHub looks at page sizes when it comes to the field, not when it validates the query. */
function check({ first, last }: PageArguments, info: GraphQLResolveInfo): void {
  const name = info.fieldName;
  if (first == null && last == null) {
    if (!asksForNodes(info)) return;
    throw new FieldError(
      "MISSING_PAGINATION_BOUNDARIES",
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  }
  const which = first == null ? "last" : "first";
  const size = first ?? last ?? 0;
  if (size > 100)
    throw new FieldError(
      "EXCESSIVE_PAGINATION",
      `Requesting ${size} records on the \`${name}\` connection exceeds the \`${which}\` limit of 100 records.`,
    );
}

/** Counting needs no page size. */
function asksForNodes({ fieldNodes, fragments }: GraphQLResolveInfo): boolean {
  const names = (set: SelectionSetNode | undefined): string[] =>
    (set?.selections ?? []).flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection.name.value];
      if (selection.kind === Kind.INLINE_FRAGMENT) return names(selection.selectionSet);
      return names(fragments[selection.name.value]?.selectionSet);
    });
  return fieldNodes
    .flatMap((node: FieldNode) => names(node.selectionSet))
    .some((name) => name === "nodes" || name === "edges");
}
