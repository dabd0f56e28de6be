import type {
  CandidateRow,
  EvidenceRow,
  IncidentMonthRow,
  IncidentRow,
  IncidentStepRow,
} from "../deployment-rows.ts";
import { count, duration, monthName } from "../format.ts";
import type { Clock } from "../format.ts";
import { t } from "../text/message.ts";
import { named, type Names } from "./named.ts";

/** What an incident is called where it has no title. */
export function incidentName({ native_id, title }: Pick<IncidentRow, "native_id" | "title">): string {
  return title === null ? native_id : `${native_id} ${title}`;
}

const STEPS = {
  detected: ["incident.detected-on", "incident.detected-after"],
  acknowledged: ["incident.acknowledged-on", "incident.acknowledged-after"],
  mitigated: ["incident.mitigated-on", "incident.mitigated-after"],
  resolved: ["incident.resolved-on", "incident.resolved-after"],
} as const;

/** The steps of an incident in order, each with the time since it began; dated where that cannot be told. */
export function incidentSteps(incident: IncidentRow, clock: Clock): string[] {
  const step = (name: keyof typeof STEPS, at: string | null, seconds: number | null) => {
    const [on, after] = STEPS[name];
    if (at === null) return [];
    return [seconds === null ? t(on, { time: clock.minute(at) }) : t(after, { time: duration(seconds) })];
  };
  return [
    ...step("detected", incident.detected_at, incident.detected_seconds),
    ...step("acknowledged", incident.acknowledged_at, incident.acknowledged_seconds),
    ...step("mitigated", incident.mitigated_at, incident.mitigated_seconds),
    ...step("resolved", incident.resolved_at, incident.resolved_seconds),
  ];
}

/** Whether and how fast users were served again. */
export function restoredWords(incident: IncidentRow): string {
  const { restored_seconds: restored, restored_by: by, open_seconds: open } = incident;
  if (open !== null) return t("incident.open-for", { time: duration(open) });
  if (restored === null || by === null) return t("incident.restored-untold");
  const served = t("incident.restored", { by, time: duration(restored) });
  return isImplied(by) ? `${served}; ${ticketWords(incident)}` : served;
}

/** Nobody recorded when users were served again, but the deployment that undid the cause tells. */
const isImplied = (by: string) => by !== "mitigated" && by !== "resolved";

function ticketWords({ resolved_at: resolved, resolved_seconds: after }: IncidentRow): string {
  if (resolved === null || after === null) return t("incident.ticket-open");
  return t("incident.ticket-closed", { time: duration(after) });
}

/** What told that users were served again; empty where somebody recorded it. */
export const restoredBy = (by: string | null): string => (by === null ? "" : t("incident.told-by", { by }));

/** What is known of the change behind it. */
export function causeWords({ accepted, candidates, service }: IncidentRow): string {
  if (accepted === 1) return t("incident.one-cause");
  if (accepted > 1) return t("incident.causes", { deployments: count(accepted) });
  if (candidates > 0) return t("incident.no-candidate-counts", { candidates });
  return t(service === null ? "incident.no-cause-nor-service" : "incident.no-cause");
}

/** `2 h before`, `at once`, `30 min after` */
export function stepTime({ elapsed_seconds: elapsed }: IncidentStepRow): string {
  if (elapsed === 0) return t("incident.at-once");
  return elapsed < 0
    ? t("incident.before-it", { time: duration(-elapsed) })
    : t("incident.after-it", { time: duration(elapsed) });
}

const STRENGTHS: Names = {
  stated: "evidence.stated",
  strong: "evidence.strong",
  likely: "evidence.likely",
  weak: "evidence.weak",
};

/** `stated, confidence 1: names deployment R1` */
export function candidateWords({ class: strength, confidence, reasons }: CandidateRow): string {
  return t("incident.candidate", {
    strength: named(STRENGTHS, strength),
    confidence: confidence.toFixed(2),
    reasons: reasons.join("; "),
  });
}

export function incidentMonthSentences(row: IncidentMonthRow): string[] {
  const { incidents, open, with_cause, without_candidate, restored, median_restored_seconds: median } = row;
  const sentences = [
    t("incident.month", {
      month: monthName(row.month),
      incidents,
      caused: count(with_cause),
      without: count(without_candidate),
    }),
  ];
  if (median !== null)
    sentences.push(
      t("incident.half-restored", { n: restored, restored: count(restored), time: duration(median) }),
    );
  if (open) sentences.push(t("incident.still-open", { incidents: open }));
  return sentences;
}

/** All incidents in short; without any, what that says. */
export function incidentsSentences(evidence: EvidenceRow): string[] {
  const {
    incidents,
    open_incidents: open,
    incidents_with_cause: caused,
    first_incident_month: first,
  } = evidence;
  if (first === null)
    return [t(evidence.has_incident_coverage ? "incident.none-and-complete" : "incident.none-and-no-source")];
  return [
    t("incident.all", { incidents, first: monthName(first), caused: count(caused) }),
    open ? t("incident.open-now", { incidents: open }) : t("incident.none-open-now"),
  ];
}
