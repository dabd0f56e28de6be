import { CORRELATION } from "./correlation-texts.ts";
import { site } from "./data.ts";
import { METRICS } from "./metrics.ts";
import type { QueryRow } from "./rows.ts";
import { plainSlug } from "./slug.ts";

/** The SQL behind the five metrics, incident links and risk patterns, in the order that definitions name it. */
export function definedQueries(): QueryRow[] {
  const { queries } = site();
  const relations = new Set([...METRICS, ...CORRELATION].flatMap((text) => text.relations));
  return [...relations].flatMap((name) => queries.find(({ relation }) => relation === name) ?? []);
}

/** The page of its own that each has. */
export const queryPath = (relation: string): string => `definitions/${plainSlug(relation)}.html`;
