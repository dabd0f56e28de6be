import { change, count, decimal, duration, measureOf, quantity, SHARE_FROM } from "../format.ts";
import { metricText } from "../metrics.ts";
import type { FigureRow, MetricKey } from "../rows.ts";
import { t } from "../text/message.ts";
import { withinSentence } from "./named.ts";

export interface Opening {
  /** Who the sentences are about, as their subject. */
  readonly subject: string;
  readonly figures: ReadonlyMap<MetricKey, FigureRow>;
  readonly waiting: number;
  readonly oldestWaitingSeconds: number | null;
  readonly openFailures: number;
  /** The days on which a retired service was retired and last deployed. */
  readonly retired?: { readonly on: string; readonly lastLive: string | null } | undefined;
}

/** One to three sentences that say what happened in the last complete period. */
export function openingSentences(opening: Opening): string[] {
  return [retirement(opening), throughput(opening), stability(opening), waiting(opening)].filter(
    (sentence) => sentence !== "",
  );
}

function retirement({ subject, retired }: Opening): string {
  if (!retired) return "";
  const { on: day, lastLive } = retired;
  return lastLive
    ? t("opening.retired-and-last-live", { subject, day, lastLive })
    : t("opening.retired", { subject, day });
}

/** How often and how fast. */
export function throughput({ subject, figures, retired }: Opening): string {
  const frequency = figures.get("deployment_frequency");
  if (frequency?.value == null) {
    if (retired) return "";
    const reason = withinSentence(frequency?.reason ?? metricText("deployment_frequency").needs);
    return t("opening.nothing-known", { subject, reason });
  }
  return t("opening.shipped", {
    subject,
    period: frequency.period_label,
    often: often(frequency),
    versus: versus(frequency),
    lead: leadClause(figures.get("change_lead_time"), frequency.n),
  });
}

function leadClause(lead: FigureRow | undefined, deployments: number): string {
  if (lead?.value == null) return deployments === 0 ? "" : t("opening.no-lead-time");
  const time = quantity(lead.value, "seconds");
  return t(lead.basis === "merge" ? "opening.live-since-merge" : "opening.live-since-commit", {
    time,
    versus: versus(lead),
  });
}

/** Few are counted, many have a rate. */
function often({ value, unit, n }: FigureRow): string {
  if (n === 0 || value === null) return t("opening.not-once");
  if (n < SHARE_FROM) return t("word.times", { n });
  const { factor } = measureOf(unit, value);
  const time = factor === 1 ? "day" : factor === 1 / 7 ? "week" : "month";
  return t("opening.times-a", { number: decimal(value / factor), time });
}

/** How often it failed, and for how long. */
export function stability({ figures, openFailures }: Opening): string {
  const fail = figures.get("change_fail_rate");
  const frequency = figures.get("deployment_frequency");
  if (!frequency?.value) return "";
  return [
    fail === undefined ? "" : failures(fail, figures.get("failed_deployment_recovery_time")),
    openFailures ? t("opening.still-open", { failures: openFailures }) : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

function failures(fail: FigureRow, recovery: FigureRow | undefined): string {
  const { value, reason, n, numerator } = fail;
  if (value === null)
    return reason
      ? t("opening.failures-unknown", { reason: withinSentence(reason).replace(/[:;] .*/, "") })
      : "";
  const failed = numerator ?? 0;
  const restored =
    recovery?.value == null
      ? ""
      : t(recovery.n === 1 ? "opening.restored" : "opening.half-restored", {
          time: quantity(recovery.value, "seconds"),
          versus: versus(recovery),
        });
  const rest = restored + notKnown(fail);
  if (n === 1) return t("opening.one-known", { failed, restored: rest });
  if (!failed) return t("opening.none-failed", { deployments: count(n), restored: rest });
  const share =
    n < SHARE_FROM ? "" : t("opening.share", { rate: quantity(value, "ratio"), versus: versus(fail) });
  return t("opening.failed", { failed: count(failed), deployments: count(n), share, restored: rest });
}

/** What the rate leaves out: deployments whose outcome is not known yet, or cannot be. */
function notKnown({ n, pending, unknown }: FigureRow): string {
  const all = n + (pending ?? 0) + (unknown ?? 0);
  return [
    pending ? t("opening.too-recent", { pending, all }) : "",
    unknown ? t("opening.nobody-can-tell", { unknown, all }) : "",
  ].join("");
}

function waiting({ waiting: changes, oldestWaitingSeconds }: Opening): string {
  if (!changes || oldestWaitingSeconds === null) return "";
  return t("waiting.changes", { changes, oldest: duration(oldestWaitingSeconds) });
}

/** `, 41 % less often than in Q2 2026`, only where the difference is clear. */
function versus(figure: FigureRow): string {
  if (
    (figure.verdict !== "better" && figure.verdict !== "worse") ||
    figure.change === null ||
    !figure.previous_label
  )
    return "";
  const text = metricText(figure.metric);
  return t("metric.versus", {
    change: change(figure).replace(/^[+\u2212]/, ""),
    direction: figure.change > 0 ? text.up : text.down,
    previous: figure.previous_label,
  });
}
