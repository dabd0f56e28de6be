import { count, decimal, duration, quantity, SHARE_FROM } from "../format.ts";
import type { CalendarRow, EnvironmentRow, ReleaseConflictRow, RigourRow } from "../practice-rows.ts";

/** Why a date is not the one that was planned first; `first` is that day. Empty where nobody moved it. */
export function movedWords(
  { moves, moved_cause: cause, moved_reason: reason }: CalendarRow,
  first: string,
): string {
  if (moves === 0) return "";
  const why = [cause, reason].filter((part) => part !== null).join(": ");
  return `first planned ${first}${moves > 1 ? `, moved ${count(moves)} times` : ""}; ${why || "no reason on record"}`;
}

const ORDERS: Readonly<Record<ReleaseConflictRow["order_of_both"], string>> = {
  ...{
    "at the same time": "fail",
    "one after the other": "pass",
    "not judged": "not asked",
    planned: "planned",
  },
};

/** What the control says of both, and what joins them. */
export const orderOfBoth = ({ order_of_both: order, train }: ReleaseConflictRow): string =>
  `${ORDERS[order]}${train === null ? "" : `; train ${train}`}`;

/** Versions of both; empty where neither has one. */
export const versionsOfBoth = ({
  service_versions: one,
  upstream_versions: other,
}: ReleaseConflictRow): string =>
  one === null && other === null ? "" : [one, other].map((versions) => versions ?? "no version").join("; ");

/** One, and many in a sentence. */
const PATHS: Readonly<Record<string, readonly [string, string]>> = {
  major: ["Major version", "major versions"],
  minor: ["Minor version", "minor versions"],
  patch: ["Patch", "patches"],
  normal: ["Normal request", "normal requests"],
  standard: ["Standard request", "standard requests"],
  emergency: ["Emergency request", "emergency requests"],
  "no request": ["No request", "deployments without a request"],
  "not known": ["Request of unknown type", "requests of unknown type"],
};
export const pathTitle = (path: string): string => PATHS[path]?.[0] ?? path;
const pathsIn = (path: string): string => PATHS[path]?.[1] ?? path;

/** `12.5 %`, or `1 of 3` where there are few; empty where no outcome is known. */
export function failures({ outcomes, failures: failed, fail_rate: rate }: RigourRow): string {
  if (rate === null || failed === null) return "";
  return outcomes < SHARE_FROM ? `${count(failed)} of ${count(outcomes)}` : quantity(rate, "ratio");
}

const VERDICTS: Readonly<Record<NonNullable<RigourRow["verdict"]>, string>> = {
  "fails less": "they fail less often",
  "fails more": "they fail more often",
  unclear: "whether they fail less often cannot be told",
};

/** What rigour bought, by kind of path: one sentence for each that has enough of both. */
export const rigourSentences = (rows: readonly RigourRow[]): string[] =>
  rows.flatMap((row) => {
    const other = rows.find(({ path_kind: kind, path }) => kind === row.path_kind && path === row.shortest);
    if (row.verdict === null || other === undefined) return [];
    const [longest = "", shortest = ""] = [row, other].map(({ wait_seconds: wait }) => duration(wait ?? 0));
    const said = `${pathsIn(row.path)} wait longest for approval, ${longest} against ${shortest} of ${pathsIn(other.path)}; ${VERDICTS[row.verdict]}.`;
    return [said.charAt(0).toUpperCase() + said.slice(1)];
  });

/** Who made it: `code (infrastructure/staging)`. */
export const madeBy = ({ provisioned_by: by, code }: EnvironmentRow): string =>
  by === null ? "" : `${by}${code === null ? "" : ` (${code})`}`;

/** `3 open, 1 accepted`; empty where nothing was compared. */
export const differences = ({
  open_differences: open,
  accepted_differences: accepted,
}: EnvironmentRow): string =>
  open === null ? "" : `${count(open)} open${accepted ? `, ${count(accepted)} accepted` : ""}`;

/** `6,420.5 EUR, 2,140 of it idle`; amounts of several currencies have no sum. */
export function cost({ cost: amount, idle_cost: idle, currency }: EnvironmentRow): string {
  if (currency === null) return "";
  if (amount === null) return `in ${currency}`;
  return `${decimal(amount)} ${currency}${idle === null ? "" : `, ${decimal(idle)} of it idle`}`;
}
