import { isoUtc } from "../clock.ts";
import { labelsOf } from "../complaints.ts";
import { known } from "../files/text.ts";
import type { Incident, World } from "../records.ts";
import type { Happening } from "./event.ts";

const DESK = "https://desk.example.com";

/** Noticed, taken up, users served again, closed: the standard knows three of these four steps. */
export const incidentEvents = (world: World): Happening[] =>
  world.incidents.flatMap((incident) => [
    step(incident, "incident.detected", incident.detectedAt, {}, detected(incident)),
    reported(incident, incident.acknowledgedAt, "acknowledged", {
      acknowledged_at: known(incident.acknowledgedAt, isoUtc),
      classification: incident.classification,
      caused_by: incident.causedBy.map(({ id }) => id),
      cause: incident.cause,
    }),
    ...(incident.mitigatedAt === undefined
      ? []
      : [
          reported(incident, incident.mitigatedAt, "mitigated", {
            mitigated_at: isoUtc(incident.mitigatedAt),
          }),
        ]),
    ...(incident.resolvedAt === undefined
      ? []
      : [step(incident, "incident.resolved", incident.resolvedAt, {}, {})]),
  ]);

const detected = (incident: Incident) => ({
  started_at: isoUtc(incident.startedAt),
  severity: `sev${incident.severity}`,
  labels: labelsOf(incident),
});

const reported = (incident: Incident, at: number, what: string, columns: object) =>
  step(incident, "incident.reported", at, { ticketURI: `${DESK}/incident/${incident.id}` }, columns, what);

const step = (
  incident: Incident,
  type: "incident.detected" | "incident.reported" | "incident.resolved",
  at: number,
  more: object,
  columns: object,
  what = "",
): Happening => ({
  ...{ type, at, producer: DESK, id: `${incident.id}${what}`, subject: incident.id },
  content: {
    description: incident.title,
    environment: { id: "prod" },
    service: { id: incident.service.code },
    ...more,
  },
  customData: { quarterdeck: { incident: columns } },
});
