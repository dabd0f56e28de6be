import { count, decimal, duration, quantity, SHARE_FROM } from "../format.ts";
import type { CalendarRow, EnvironmentRow, ReleaseConflictRow, RigourRow } from "../practice-rows.ts";
import type { MessageKey } from "../text/catalogue.ts";
import { t } from "../text/message.ts";
import type { Names } from "./named.ts";

/** Why a date is not the one that was planned first; `first` is that day. Empty where nobody moved it. */
export function movedWords(
  { moves, moved_cause: cause, moved_reason: reason }: CalendarRow,
  first: string,
): string {
  if (moves === 0) return "";
  const why = [cause, reason].filter((part) => part !== null).join(": ");
  return t("calendar.moved", { first, moves, why: why || t("calendar.no-reason") });
}

const ORDERS: Names<ReleaseConflictRow["order_of_both"]> = {
  "at the same time": "released-together.fail",
  "one after the other": "released-together.pass",
  "not judged": "released-together.not-asked",
  planned: "released-together.planned",
};

/** What the control says of both, and what joins them. */
export function orderOfBoth({ order_of_both: order, train }: ReleaseConflictRow): string {
  const said = t(ORDERS[order]);
  return train === null ? said : t("released-together.on-train", { order: said, train });
}

/** Versions of both; empty where neither has one. */
export const versionsOfBoth = ({
  service_versions: one,
  upstream_versions: other,
}: ReleaseConflictRow): string =>
  one === null && other === null
    ? ""
    : [one, other].map((versions) => versions ?? t("released-together.no-version")).join("; ");

/** One, and many in a sentence. */
const PATHS: Readonly<Record<string, readonly [MessageKey, MessageKey]>> = {
  major: ["rigour.major", "rigour.majors"],
  minor: ["rigour.minor", "rigour.minors"],
  patch: ["rigour.patch", "rigour.patches"],
  normal: ["rigour.normal", "rigour.normals"],
  standard: ["rigour.standard", "rigour.standards"],
  emergency: ["rigour.emergency", "rigour.emergencies"],
  "no request": ["rigour.no-request", "rigour.no-requests"],
  "not known": ["rigour.not-known", "rigour.not-knowns"],
};

function pathWords(path: string, number: 0 | 1): string {
  const key = PATHS[path]?.[number];
  return key === undefined ? path : t(key);
}

export const pathTitle = (path: string): string => pathWords(path, 0);

/** `12.5 %`, or `1 of 3` where there are few; empty where no outcome is known. */
export function failures({ outcomes, failures: failed, fail_rate: rate }: RigourRow): string {
  if (rate === null || failed === null) return "";
  return outcomes < SHARE_FROM
    ? t("word.of", { part: count(failed), whole: count(outcomes) })
    : quantity(rate, "ratio");
}

const VERDICTS: Names<NonNullable<RigourRow["verdict"]>> = {
  "fails less": "rigour.fails-less",
  "fails more": "rigour.fails-more",
  unclear: "rigour.unclear",
};

/** What rigour bought, by kind of path: one sentence for each that has enough of both. */
export const rigourSentences = (rows: readonly RigourRow[]): string[] =>
  rows.flatMap((row) => {
    const other = rows.find(({ path_kind: kind, path }) => kind === row.path_kind && path === row.shortest);
    if (row.verdict === null || other === undefined) return [];
    const said = t(VERDICTS[row.verdict], {
      longest: pathWords(row.path, 1),
      wait: duration(row.wait_seconds ?? 0),
      shortest: pathWords(other.path, 1),
      against: duration(other.wait_seconds ?? 0),
    });
    return [said.charAt(0).toUpperCase() + said.slice(1)];
  });

/** Who made it: `code (infrastructure/staging)`. */
export const madeBy = ({ provisioned_by: by, code }: EnvironmentRow): string =>
  by === null ? "" : `${by}${code === null ? "" : ` (${code})`}`;

/** `3 open, 1 accepted`; empty where nothing was compared. */
export function differences({
  open_differences: open,
  accepted_differences: accepted,
}: EnvironmentRow): string {
  if (open === null) return "";
  return accepted
    ? t("environment.open-and-accepted", { open: count(open), accepted: count(accepted) })
    : t("environment.open", { open: count(open) });
}

/** `6,420.5 EUR, 2,140 of it idle`; amounts of several currencies have no sum. */
export function cost({ cost: amount, idle_cost: idle, currency }: EnvironmentRow): string {
  if (currency === null) return "";
  if (amount === null) return t("environment.cost-in", { currency });
  const whole = `${decimal(amount)} ${currency}`;
  return idle === null ? whole : t("environment.cost-with-idle", { cost: whole, idle: decimal(idle) });
}
