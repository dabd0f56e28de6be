import { count } from "../format.ts";
import { t } from "../text/message.ts";
import type { HeadlineRow, SideVerdict } from "../rows.ts";

const SPEED = { better: "faster", worse: "slower", mixed: "faster in one respect and slower in another" };
const SAFETY = {
  better: "safer",
  worse: "less safe",
  mixed: "safer in one respect and less safe in another",
};
/** Names of services that a sentence bears. */
const NAMED = 3;

/** Faster? Safer? Where is the risk? Empty where nothing can be compared. */
export function headlineSentences(row: HeadlineRow): string[] {
  return [
    verdict(row),
    moved("Clearly worse", row.worse),
    moved("Clearly better", row.better),
    mostFailures(row),
  ].filter((sentence) => sentence !== "");
}

/** Faster? Safer? In one sentence; empty where nothing can be compared. */
export function verdict({ period_label: now, previous_label: before, speed, safety }: HeadlineRow): string {
  if (before === null || (speed === "unknown" && safety === "unknown")) return "";
  const sides = [clear(SPEED, speed), clear(SAFETY, safety)].filter((side) => side !== "");
  const rest = [quiet("speed", speed), quiet("safety", safety)].filter((side) => side !== "");
  if (sides.length) return `${[`${now} was ${sides.join(" and ")} than ${before}`, ...rest].join("; ")}.`;
  if (speed === safety)
    return t("headline.nothing-clear", { now, before });
  return `Compared with ${before}, ${rest.join("; ")}.`;
}

function clear(words: Readonly<Record<"better" | "worse" | "mixed", string>>, side: SideVerdict): string {
  return side === "unclear" || side === "unknown" ? "" : words[side];
}

function quiet(name: string, side: SideVerdict): string {
  if (side === "unclear") return `${name} did not clearly change`;
  return side === "unknown" ? `whether ${name} changed cannot be told` : "";
}

function moved(direction: string, what: readonly string[]): string {
  if (!what.length) return "";
  const more = what.length > NAMED ? ` and ${count(what.length - NAMED)} more` : "";
  return `${direction}: ${what.slice(0, NAMED).join(", ")}${more}.`;
}

function mostFailures(row: HeadlineRow): string {
  const { most_failures_in: service, most_failures: failed, most_failures_deployments: of } = row;
  if (service === null || failed === null || of === null) return "";
  return `${service} had ${count(failed)} of the ${count(row.failures ?? 0)} failures, with ${count(of)} of the ${count(row.deployments ?? 0)} deployments.`;
}
