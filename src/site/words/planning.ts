import { count, decimal, duration, plural, quantity, SHARE_FROM } from "../format.ts";
import type { CalendarRow, EnvironmentRow, ReleaseConflictRow, RigourRow } from "../practice-rows.ts";

/** Why a date is not the one that was planned first; empty where nobody moved it, or said so. */
export function movedWords({ moves, moved_cause: cause, moved_reason: reason }: CalendarRow): string {
  if (moves === 0) return "";
  const why = [cause, reason].filter((part) => part !== null).join(": ");
  return [moves === 1 ? "moved" : `moved ${plural(moves, "time", "times")}`, why || "no reason on record"].join("; ");
}

const ORDERS: Readonly<Record<ReleaseConflictRow["order_of_both"], string>> = {
  "at the same time": "at the same time (WIN-04 fails)",
  "one after the other": "one after the other",
  "not judged": "WIN-04 did not judge it",
  planned: "planned",
};

export const orderOfBoth = ({ order_of_both: order, train }: ReleaseConflictRow): string =>
  `${ORDERS[order]}${train === null ? "" : `, train ${train}`}`;

const PATHS: Readonly<Record<string, string>> = {
  ...{ major: "Major version", minor: "Minor version", patch: "Patch" },
  ...{ normal: "Normal request", standard: "Standard request", emergency: "Emergency request" },
  ...{ "no request": "No request", "not known": "Request of unknown type" },
};
export const pathTitle = (path: string): string => PATHS[path] ?? path;

/** `12.5 %`, or `1 of 3` where there are few; empty where no outcome is known. */
export function failures({ outcomes, failures: failed, fail_rate: rate }: RigourRow): string {
  if (rate === null || failed === null) return "";
  return outcomes < SHARE_FROM ? `${count(failed)} of ${count(outcomes)}` : quantity(rate, "ratio");
}

const VERDICTS: Readonly<Record<NonNullable<RigourRow["verdict"]>, string>> = {
  "fails less": "and fails less often",
  "fails more": "and fails more often",
  unclear: "and whether it fails less often cannot be told",
};

/** What rigour bought, by kind of path: one sentence for each that has enough of both. */
export const rigourSentences = (rows: readonly RigourRow[]): string[] =>
  rows.flatMap((row) => {
    const other = rows.find(({ path_kind: kind, path }) => kind === row.path_kind && path === row.shortest);
    if (row.verdict === null || other === undefined) return [];
    const waits = [row, other].map(({ wait_seconds: wait }) => duration(wait ?? 0));
    return [
      `${pathTitle(row.path)} waits longest (${waits[0] ?? ""}, against ${waits[1] ?? ""} of ${pathTitle(other.path).toLowerCase()}) ${VERDICTS[row.verdict]}.`,
    ];
  });

/** Who made it: `code (infrastructure/staging)`. */
export const madeBy = ({ provisioned_by: by, code }: EnvironmentRow): string =>
  by === null ? "" : `${by}${code === null ? "" : ` (${code})`}`;

/** `3 open, 1 accepted`; empty where nothing was compared. */
export const differences = ({ open_differences: open, accepted_differences: accepted }: EnvironmentRow): string =>
  open === null ? "" : `${count(open)} open${accepted ? `, ${count(accepted)} accepted` : ""}`;

/** `6,420.5 EUR, 2,140 of it idle`; amounts of several currencies have no sum. */
export function cost({ cost: amount, idle_cost: idle, currency }: EnvironmentRow): string {
  if (currency === null) return "";
  if (amount === null) return `in ${currency}`;
  return `${decimal(amount)} ${currency}${idle === null ? "" : `, ${decimal(idle)} of it idle`}`;
}
