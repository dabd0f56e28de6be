import type {
  CandidateRow,
  EvidenceRow,
  IncidentMonthRow,
  IncidentRow,
  IncidentStepRow,
} from "../deployment-rows.ts";
import { count, duration, monthName, plural } from "../format.ts";
import type { Clock } from "../format.ts";
import { t } from "../text/message.ts";

/** What an incident is called where it has no title. */
export function incidentName({ native_id, title }: Pick<IncidentRow, "native_id" | "title">): string {
  return title === null ? native_id : `${native_id} ${title}`;
}

/** The steps of an incident in order, each with the time since it began; dated where that cannot be told. */
export function incidentSteps(incident: IncidentRow, clock: Clock): string[] {
  const step = (name: string, at: string | null, seconds: number | null) =>
    at === null
      ? []
      : [seconds === null ? `${name} ${clock.minute(at)}` : `${name} after ${duration(seconds)}`];
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
  if (open !== null) return `open for ${duration(open)}`;
  if (restored === null || by === null) return "restored, time not told";
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
  if (accepted === 1) return "One deployment counts as its cause.";
  if (accepted > 1)
    return `${count(accepted)} deployments count as its cause, because it states them or people confirmed them.`;
  if (candidates > 0)
    return `No change found: ${plural(candidates, "deployment went", "deployments went")} before, none that counts.`;
  return service === null
    ? "No change found. It names no service, so only a stated reference could lead to one."
    : "No change found.";
}

/** `2 h before`, `at once`, `30 min after` */
export function stepTime({ elapsed_seconds: elapsed }: IncidentStepRow): string {
  if (elapsed === 0) return "at once";
  return elapsed < 0 ? `${duration(-elapsed)} before` : `${duration(elapsed)} after`;
}

/** `stated, confidence 1: names deployment R1` */
export function candidateWords({ class: strength, confidence, reasons }: CandidateRow): string {
  return `${strength}, confidence ${confidence.toFixed(2)}: ${reasons.join("; ")}`;
}

export function incidentMonthSentences(row: IncidentMonthRow): string[] {
  const { incidents, open, with_cause, without_candidate, restored, median_restored_seconds: median } = row;
  const sentences = [
    `In ${monthName(row.month)}, ${plural(incidents, "incident", "incidents")} began; of ${count(with_cause)} a deployment counts as the cause, for ${count(without_candidate)} no change was found.`,
  ];
  if (median !== null)
    sentences.push(
      restored === 1
        ? `The one restored took ${duration(median)}.`
        : `Half of the ${count(restored)} restored took at most ${duration(median)}.`,
    );
  if (open) sentences.push(`${plural(open, "is", "are")} still open.`);
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
    return evidence.has_incident_coverage
      ? ["No incident is known, and a source says that it is complete."]
      : [
          "No incident is known: no source of incidents is collected. One would show whether deployments fail.",
        ];
  return [
    `${plural(incidents, "incident", "incidents")} since ${monthName(first)}; of ${count(caused)} a deployment counts as the cause.`,
    open ? `${plural(open, "is", "are")} open now.` : "None is open now.",
  ];
}
