import type { PeriodKind } from "../rows.ts";

export interface PeriodWords {
  /** Its choice in the switch. */
  readonly title: string;
  readonly one: string;
  readonly many: string;
}

/** Kinds of period in the order in which the switch offers them. */
export const PERIODS: Readonly<Record<PeriodKind, PeriodWords>> = {
  year: { title: "Years", one: "year", many: "years" },
  quarter: { title: "Quarters", one: "quarter", many: "quarters" },
  month: { title: "Months", one: "month", many: "months" },
  week: { title: "Weeks", one: "week", many: "weeks" },
  rolling: { title: "Rolling", one: "rolling window", many: "rolling windows" },
};

/** `the last complete quarter`, and whether all of it is known. */
export function latestWords(kind: PeriodKind, isPartial: boolean): string {
  const last = kind === "rolling" ? "the newest rolling window" : `the last complete ${PERIODS[kind].one}`;
  return isPartial ? `${last}, known in part` : last;
}

export const ROLLING_NOTE =
  "Rolling windows end at the state of this site and follow each other back without overlap: the newest is always whole, and the one before is what it is compared with.";
