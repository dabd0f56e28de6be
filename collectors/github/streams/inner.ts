import type { GitHub } from "../client/github.ts";
import { hasHole, isList, type Node, toItsEnd } from "../client/lists.ts";

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
    const full = await toItsEnd(github, operation, { id: node.id }, list);
    isHoley ||= hasHole(full);
    whole[field] = full;
  }
  return { node: { ...node, ...whole }, hasHole: isHoley };
}
