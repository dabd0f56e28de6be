import type { GitHub } from "../client/github.ts";
import { hasHole, isList, type List, nextPage, type Node } from "../client/lists.ts";
import { PageSize } from "../client/page-size.ts";

/** Lists inside a record -> the operation that reads more of them. */
export type Inner = Readonly<Record<string, string>>;

export interface Completed {
  readonly node: Node;
  /** GitHub left something out: the record is stored, and asked for again. */
  readonly hasHole: boolean;
}

/** Reads the lists of a record to their end: pages of lists show the first few only. */
export async function completed(github: GitHub, node: Node, inner: Inner): Promise<Completed> {
  const whole: Record<string, unknown> = {};
  let isHoley = false;
  for (const [field, operation] of Object.entries(inner)) {
    const list = node[field];
    if (!isList(list)) continue;
    const full = await toItsEnd(github, node.id, list, operation);
    isHoley ||= hasHole(full);
    whole[field] = full;
  }
  return { node: { ...node, ...whole }, hasHole: isHoley };
}

async function toItsEnd(github: GitHub, id: string, list: List, operation: string): Promise<List> {
  const nodes = [...list.nodes];
  const size = new PageSize(100);
  let last = list;
  for (let after = nextPage(list); after !== undefined; after = nextPage(last)) {
    const { data } = await github.query(operation, { id, after }, size);
    const more = (data?.["node"] as { list?: List | null } | null | undefined)?.list;
    if (!more) return { ...list, nodes: [...nodes, null] };
    nodes.push(...more.nodes);
    last = more;
  }
  return { ...last, nodes };
}
