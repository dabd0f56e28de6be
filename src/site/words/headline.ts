import { count } from "../format.ts";
import type { HeadlineRow, SideVerdict } from "../rows.ts";
import type { MessageKey } from "../text/catalogue.ts";
import { t } from "../text/message.ts";

type Side = Readonly<Record<SideVerdict, MessageKey>>;

const SPEED: Side = {
  better: "headline.faster",
  worse: "headline.slower",
  mixed: "headline.faster-and-slower",
  unclear: "headline.speed-unclear",
  unknown: "headline.speed-unknown",
};
const SAFETY: Side = {
  better: "headline.safer",
  worse: "headline.less-safe",
  mixed: "headline.safer-and-less-safe",
  unclear: "headline.safety-unclear",
  unknown: "headline.safety-unknown",
};
/** Names of services that a sentence bears. */
const NAMED = 3;

/** Faster? Safer? Where is the risk? Empty where nothing can be compared. */
export function headlineSentences(row: HeadlineRow): string[] {
  return [
    verdict(row),
    row.worse.length > 0 ? t("headline.clearly-worse", { what: moved(row.worse) }) : "",
    row.better.length > 0 ? t("headline.clearly-better", { what: moved(row.better) }) : "",
    mostFailures(row),
  ].filter((sentence) => sentence !== "");
}

const isClear = (side: SideVerdict) => side !== "unclear" && side !== "unknown";

/** Faster? Safer? In one sentence; empty where nothing can be compared. */
export function verdict({ period_label: now, previous_label: before, speed, safety }: HeadlineRow): string {
  if (before === null || (speed === "unknown" && safety === "unknown")) return "";
  const sides = { now, before, speed: t(SPEED[speed]), safety: t(SAFETY[safety]) };
  if (isClear(speed) && isClear(safety)) return t("headline.both-changed", sides);
  if (isClear(speed)) return t("headline.speed-changed", sides);
  if (isClear(safety)) return t("headline.safety-changed", sides);
  return t(speed === safety ? "headline.nothing-clear" : "headline.neither-told", sides);
}

function moved(what: readonly string[]): string {
  const names = what.slice(0, NAMED).join(", ");
  return what.length > NAMED ? t("word.and-more", { names, more: count(what.length - NAMED) }) : names;
}

function mostFailures(row: HeadlineRow): string {
  const { most_failures_in: service, most_failures: failed, most_failures_deployments: of } = row;
  if (service === null || failed === null || of === null) return "";
  return t("headline.most-failures", {
    service,
    failed: count(failed),
    failures: count(row.failures ?? 0),
    of: count(of),
    deployments: count(row.deployments ?? 0),
  });
}
