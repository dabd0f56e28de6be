import { duration } from "../format.ts";
import type { ServiceRow, TeamRow } from "../rows.ts";
import { some } from "./release.ts";

/** What the register of services says first. */
export function servicesSentence(active: readonly ServiceRow[], retired: readonly ServiceRow[]): string {
  const waiting = active.reduce((sum, row) => sum + row.waiting, 0);
  const oldest = Math.max(0, ...active.map((row) => row.oldest_waiting_seconds ?? 0));
  const gone =
    retired.length > 0 ? `, and ${retired.length} ${retired.length === 1 ? "is" : "are"} retired` : "";
  const held =
    waiting > 0
      ? ` ${some(waiting, "merged change waits", "merged changes wait")} for a deployment, the oldest for ${duration(oldest)}.`
      : "";
  return `${some(active.length, "service is", "services are")} in use${gone}.${held}`;
}

export function teamsSentence(teams: readonly TeamRow[], services: readonly ServiceRow[]): string {
  const unowned = services.filter(({ team, retired_at }) => team === null && retired_at === null).length;
  const rest = unowned > 0 ? ` ${some(unowned, "service has", "services have")} no owner.` : "";
  return `${some(teams.length, "team owns", "teams own")} what is deployed.${rest}`;
}
