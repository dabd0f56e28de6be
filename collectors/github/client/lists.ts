import type { Json } from "../../contract.ts";
import { type Answer, nodesIn } from "./answer.ts";
import type { GitHub } from "./github.ts";
import { PageSize } from "./page-size.ts";

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

interface Holder {
  readonly list?: List | null;
}

/** The list of the object that was asked for. */
export const listIn = ({ data }: Answer): List | undefined => (data?.["node"] as Holder | null | undefined)?.list ?? undefined;

/** The lists of the objects that were asked for. */
export const listsIn = ({ data }: Answer): (List | undefined)[] => (nodesIn(data) as readonly (Holder | null)[]).map((node) => node?.list ?? undefined);

/** A list of which the first page is there, read to its end by this operation; with a hole where GitHub does not give the rest. */
export async function toItsEnd(github: GitHub, operation: string, variables: object, first: List, atOnce = 100): Promise<List> {
  const nodes = [...first.nodes];
  const size = new PageSize(atOnce);
  let last = first;
  for (let after = nextPage(first); after !== undefined; after = nextPage(last)) {
    const more = listIn(await github.query(operation, { ...variables, after }, size));
    if (!more) return { ...first, nodes: [...nodes, null] };
    nodes.push(...more.nodes);
    last = more;
  }
  return { ...last, nodes };
}

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
