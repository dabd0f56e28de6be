import type { Json } from "../contract.ts";
import type { Session } from "./session.ts";

/** Log entries that an incident has, as far as one can tell beforehand. */
const ENTRIES = 8;

/** How much there is and what reading all of it takes, for one request. */
export async function plan(
  session: Session,
  cursors: Readonly<Record<string, Json | undefined>>,
): Promise<string[]> {
  const { incidents, first, now } = await session.extent();
  const span = `from ${first.slice(0, 10)} until ${now.slice(0, 10)}`;
  const requests = incidents === undefined ? "" : `: about ${Math.ceil((incidents * (1 + ENTRIES)) / 100)} requests`;
  const isFirst = Object.values(cursors).every((cursor) => cursor === undefined);
  return [
    `${incidents ?? "all"} incidents and what happened to them, ${span}${requests}${isFirst ? "" : "; this run reads what is new"}`,
    "services, priorities" + (session.config.change_events === "ignore" ? "" : ", change events"),
  ];
}
