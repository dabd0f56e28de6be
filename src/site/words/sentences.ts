import { change, count, duration, plural, quantity, SHARE_FROM } from "../format.ts";
import { metricText } from "../metrics.ts";
import type { FigureRow, MetricKey } from "../rows.ts";
import { t } from "../text/message.ts";

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
  const last = retired.lastLive ? `; it was last deployed on ${retired.lastLive}` : "";
  return `${subject} was retired on ${retired.on}${last}.`;
}

/** How often and how fast. */
export function throughput({ subject, figures, retired }: Opening): string {
  const frequency = figures.get("deployment_frequency");
  const lead = figures.get("change_lead_time");
  if (frequency?.value == null && retired) return "";
  if (frequency?.value == null)
    return `Nothing is known of ${subject}'s deployments yet: ${lower(frequency?.reason ?? metricText("deployment_frequency").needs)}.`;
  const shipped = `In ${frequency.period_label}, ${subject} shipped to production ${often(frequency)}${versus(frequency)}`;
  if (lead?.value == null) return frequency.n === 0 ? `${shipped}.` : `${shipped}; no lead time is known.`;
  return `${shipped}; half of the changes were live within ${quantity(lead.value, "seconds")} of their first ${lead.basis === "merge" ? "merge" : "commit"}${versus(lead)}.`;
}

/** Few are counted, many have a rate. */
function often({ value, unit, n }: FigureRow): string {
  if (n === 0 || value === null) return "not once";
  if (n < SHARE_FROM) return n === 1 ? "once" : `${count(n)} times`;
  return quantity(value, unit).replace(/^(\S+) a /, "$1 times a ");
}

/** How often it failed, and for how long. */
export function stability({ figures, openFailures }: Opening): string {
  const fail = figures.get("change_fail_rate");
  const frequency = figures.get("deployment_frequency");
  if (!frequency?.value) return "";
  const recovery = figures.get("failed_deployment_recovery_time");
  const open = openFailures ? ` ${plural(openFailures, "failure is", "failures are")} still open.` : "";
  if (fail?.value == null)
    return fail?.reason
      ? `Whether deployments failed is not known: ${lower(fail.reason).replace(/[:;] .*/, "")}.${open}`
      : open.trim();
  const failed = failures(fail);
  const restored =
    recovery?.value == null
      ? ""
      : t(recovery.n === 1 ? "sentence.restored" : "sentence.half-restored", { time: quantity(recovery.value, "seconds") }) + versus(recovery);
  return `${failed}${restored}${notKnown(fail)}.${open}`;
}

/** What the rate leaves out: deployments whose outcome is not known yet, or cannot be. */
function notKnown({ n, pending, unknown }: FigureRow): string {
  const all = n + (pending ?? 0) + (unknown ?? 0);
  return [
    pending ? `; ${t("sentence.too-recent", { pending, all })}` : "",
    unknown ? `; ${t("sentence.nobody-can-tell", { unknown, all })}` : "",
  ].join("");
}

function failures(fail: FigureRow): string {
  const failed = fail.numerator ?? 0;
  if (fail.n === 1) return `The one deployment with known outcome ${failed ? "failed" : "did not fail"}`;
  if (!failed) return `None of ${count(fail.n)} deployments with known outcome failed`;
  const share = fail.n < SHARE_FROM ? "" : ` (${quantity(fail.value ?? 0, "ratio")}${versus(fail)})`;
  return `${count(failed)} of ${count(fail.n)} deployments with known outcome failed${share}`;
}

function waiting({ waiting: changes, oldestWaitingSeconds }: Opening): string {
  if (!changes || oldestWaitingSeconds === null) return "";
  return `${plural(changes, "merged change waits", "merged changes wait")} for a deployment, the oldest for ${duration(oldestWaitingSeconds)}.`;
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
  return `, ${change(figure).replace(/^[+\u2212]/, "")} ${figure.change > 0 ? text.up : text.down} than in ${figure.previous_label}`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
