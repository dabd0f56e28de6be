import type { Json, StreamContext } from "../contract.ts";
import type { Session } from "./session.ts";

/** Log entries that an incident has, as far as one can tell beforehand. */
const ENTRIES = 6;
/** Requests of a run that finds nothing new, and of spans without a record. */
const LEAST = 8;

/** How much there is and what reading it takes, for one request. */
export async function plan(
  session: Session,
  { foresee }: StreamContext,
  cursors: Readonly<Record<string, Json | undefined>>,
): Promise<readonly string[]> {
  const { incidents, first, now } = await session.extent();
  const isNew = Object.values(cursors).every((cursor) => cursor === undefined);
  const calls = isNew ? LEAST + Math.ceil(((incidents ?? 0) * (1 + ENTRIES)) / 100) : LEAST;
  if (incidents !== undefined) foresee?.({ calls, least: LEAST });
  return [
    `${incidents ?? "all"} incidents and what happened to them, from ${first.slice(0, 10)} until ${now.slice(0, 10)}${isNew ? "" : "; this run reads what is new"}`,
    "services, priorities" + (session.config.change_events === "ignore" ? "" : ", change events"),
  ];
}
