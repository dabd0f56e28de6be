import type { PeriodKind } from "../rows.ts";
import { t } from "../text/message.ts";

export interface PeriodWords {
  /** Its choice in the switch. */
  readonly title: string;
  readonly one: string;
  readonly many: string;
}

/** In the order in which the switch offers them. */
export const PERIOD_KINDS: readonly PeriodKind[] = ["year", "quarter", "month", "week", "rolling"];

/** Names of a kind of period. */
export const periodWords = (kind: PeriodKind): PeriodWords => ({
  title: t(`period-switch.${kind}`),
  one: t(`period.${kind}`),
  many: t(`periods.${kind}`),
});

/** `the last complete quarter`, and whether all of it is known. */
export function latestWords(kind: PeriodKind, isPartial: boolean): string {
  const last = kind === "rolling" ? t("period.newest-rolling") : t("period.last-complete", { kind: periodWords(kind).one });
  return isPartial ? t("period.known-in-part", { period: last }) : last;
}

export const rollingNote = (): string => t("period.rolling-note");
