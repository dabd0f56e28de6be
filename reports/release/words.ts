import { Clock, count, duration } from "../../src/site/format.ts";
import { t } from "../../src/site/text/message.ts";
import { restoredBy } from "../../src/site/words/incident.ts";
import type { Text } from "../layout/nodes.ts";
import { link } from "../layout/nodes.ts";
import type { Provenance, SummaryRow } from "./data.ts";

export { count, duration };

/** `1 change`, `7 changes`. */
export function some(number: number, noun: string, plural = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : plural}`;
}

/** How a pack writes instants: in the organisation's time zone, or nothing where there is none. */
export interface Times {
  readonly day: (instant: string | null) => string | null;
  readonly minute: (instant: string | null) => string | null;
  readonly zone: string;
}

export function timesOf({ time_zone: zone }: Provenance): Times {
  const clock = new Clock(zone);
  // In a narrow column `12 Jan 2026 14:05` breaks before the time and nowhere else.
  const day = (instant: string) => clock.day(instant).replaceAll(" ", "\u00a0");
  return {
    day: (instant) => (instant === null ? null : day(instant)),
    minute: (instant) => (instant === null ? null : `${day(instant)} ${clock.minute(instant).slice(-5)}`),
    zone,
  };
}

/** What stands above and below each page: what it is of, the one zone of all its times, and from what it was made. */
export const furniture = (
  { organisation, as_of, records_sha256 }: Provenance,
  { minute, zone }: Times,
  subject: string,
): { readonly runningHead: string; readonly foot: string } => ({
  runningHead: `${organisation}, ${subject}; times of ${zone}`,
  foot: `As of ${(minute(as_of) ?? "").replaceAll("\u00a0", " ")}, records ${records_sha256.slice(0, 12)}`,
});

export const seconds = (value: number | null): string | null => (value === null ? null : duration(value));

/** Enough of a commit hash to find it by. */
export const shortSha = (sha: string | null): string | null =>
  sha && (/^[0-9a-f]{40,}$/.test(sha) ? sha.slice(0, 12) : sha);

/** When users were served again, and what tells where nobody recorded it. */
export function restoredText(
  { restored_at, restored_by }: { restored_at: string | null; restored_by: string | null },
  { minute }: Times,
): string {
  const by = restoredBy(restored_by);
  return restored_at === null ? "not yet" : `${minute(restored_at) ?? ""}${by === "" ? "" : ` (${by})`}`;
}

export function joined(values: readonly string[] | null): string | null {
  return values && values.length > 0 ? values.join(", ") : null;
}

/** `#12` for a pull request, else the short hash; linked where the source gave an address. */
export function changeName(change: {
  number: string | null;
  change_id: string;
  native_id?: string;
  url: string | null;
}): Text {
  const native = change.native_id ?? change.change_id.slice(change.change_id.indexOf(":") + 1);
  return link(
    change.number === null
      ? (shortSha(native.slice(native.lastIndexOf("@") + 1)) ?? native)
      : `#${change.number}`,
    change.url,
  );
}

export function releaseName(summary: SummaryRow): string {
  return `${summary.service_title ?? summary.service} ${summary.version}`;
}

/** The sentences of the cover: what happened, how it turned out, what supports it. */
export function verdict(summary: SummaryRow, times: Times): string {
  return [liveSentence(summary, times), outcomeSentence(summary), reviewSentence(summary)]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

function liveSentence(summary: SummaryRow, times: Times): string {
  const name = releaseName(summary);
  if (summary.first_live_at === null) return `${name} is not known to have gone live in production.`;
  const changes =
    summary.changes === 0
      ? "; no change that it was the first to bring is known"
      : ` with ${some(summary.changes, "change")}`;
  const first = `${name} went live in production on ${times.minute(summary.first_live_at)}${changes}`;
  return summary.waves === 1
    ? `${first}.`
    : `${first}, the first of ${count(summary.waves)} production deployments.`;
}

function outcomeSentence({
  waves,
  failed_waves,
  pending_waves,
  unknown_waves,
  open_failures,
}: SummaryRow): string {
  if (waves === 0) return "";
  const of = waves === 1 ? "It" : `${count(failed_waves)} of its ${count(waves)} deployments`;
  const open = open_failures > 0 ? ", and service is not restored yet" : "";
  if (failed_waves > 0)
    return `${of} ${waves > 1 && failed_waves > 1 ? "count as change failures" : "counts as a change failure"}${open}.`;
  if (unknown_waves > 0) return "How it turned out is not known: no incident source covers it.";
  if (pending_waves > 0) return "Its outcome is still pending.";
  return "No failure is linked to it.";
}

export function reviewSentence({
  changes,
  approved_changes: approved,
  changes_with_review_source: known,
}: SummaryRow): string {
  if (changes === 0) return "";
  if (known === 0) return t("reviews.no-source");
  if (approved === changes) return t("reviews.all-approved", { changes });
  const said = t("reviews.some-approved", { number: count(approved), known, approved });
  return known < changes ? `${said} ${t("reviews.not-collected", { changes: count(changes - known) })}` : said;
}
