import { duration } from "../format.ts";
import type { ServiceRow, TeamRow } from "../rows.ts";
import { t } from "../text/message.ts";

/** What the register of services says first. */
export function servicesSentence(active: readonly ServiceRow[], retired: readonly ServiceRow[]): string {
  const waiting = active.reduce((sum, row) => sum + row.waiting, 0);
  const oldest = Math.max(0, ...active.map((row) => row.oldest_waiting_seconds ?? 0));
  const inUse =
    retired.length > 0
      ? t("services.in-use-and-retired", { services: active.length, retired: retired.length })
      : t("services.in-use", { services: active.length });
  return waiting > 0
    ? `${inUse} ${t("waiting.changes", { changes: waiting, oldest: duration(oldest) })}`
    : inUse;
}

export function teamsSentence(teams: readonly TeamRow[], services: readonly ServiceRow[]): string {
  const unowned = services.filter(({ team, retired_at }) => team === null && retired_at === null).length;
  const own = t("teams.own", { teams: teams.length });
  return unowned > 0 ? `${own} ${t("teams.unowned", { services: unowned })}` : own;
}
