import type { Json } from "../../contract.ts";

/** A page of a list, as GitHub gives it. */
export interface List {
  readonly totalCount?: number;
  readonly filteredCount?: number;
  readonly pageInfo?: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly (Node | null)[];
}

/** An object with an id of its own. */
export interface Node {
  readonly [field: string]: unknown;
  readonly id: string;
}

export const isList = (value: unknown): value is List =>
  typeof value === "object" && value !== null && Array.isArray((value as { nodes?: unknown }).nodes);

export const nextPage = ({ pageInfo }: List): string | undefined =>
  pageInfo?.hasNextPage === true ? (pageInfo.endCursor ?? undefined) : undefined;

/** Those that came. */
export const present = ({ nodes }: List): Node[] => nodes.filter((node) => node !== null);

/** Whether GitHub left something out that it says is there. */
export const hasHole = ({ nodes }: List): boolean => nodes.includes(null);

/** What is stored: cursors of pages differ from run to run and say nothing. */
export function payloadOf(value: unknown): Json {
  if (Array.isArray(value)) return value.map(payloadOf);
  if (typeof value !== "object" || value === null) return value as Json;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== "pageInfo")
      .map(([name, inner]) => [name, payloadOf(inner)]),
  );
}
