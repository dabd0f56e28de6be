import { germanLocal, plainUtc, slashedLocal } from "../clock.ts";
import type { ChangeRequest, Incident, World } from "../records.ts";
import { detailsOf } from "../adherence/request-details.ts";
import { labelsOf } from "../complaints.ts";
import { csv, known, type TextFile } from "./text.ts";

/** Incidents, wrapped as the service desk's export wraps them. One has lost its beginning. */
export function incidentsFile(world: World): TextFile {
  const records = world.incidents.map(incidentRecord);
  records.splice(Math.floor(records.length / 2), 0, {
    ...incidentRecord(world.incidents[0] as Incident),
    sys_id: "INC0099999",
    opened: null,
  });
  const document = {
    export: { tool: "Service desk", generated: "2026-06-30 22:00:00", count: records.length },
    result: { incidents: records },
  };
  return { name: "incidents.json", text: `${JSON.stringify(document, null, 1)}\n` };
}

function incidentRecord(incident: Incident) {
  return {
    sys_id: incident.id,
    service: { name: incident.service.name },
    short_description: incident.title,
    priority: `P${incident.severity}`,
    category: incident.classification,
    opened: known(incident.startedAt, plainUtc) ?? null,
    detected: known(incident.detectedAt, plainUtc) ?? null,
    acknowledged: known(incident.acknowledgedAt, plainUtc) ?? null,
    service_restored: known(incident.mitigatedAt, plainUtc) ?? null,
    closed: known(incident.resolvedAt, plainUtc) ?? null,
    caused_by_change: incident.causedBy.map(({ id }) => id),
    root_cause: incident.cause,
    marks: labelsOf(incident),
    link: `https://desk.example.com/incident/${incident.id}`,
  };
}

const TYPES = { standard: "Standard", normal: "Normal", emergency: "Emergency" } as const;

export function changeRequestsFile(world: World): TextFile {
  const rows = world.changeRequests.map((request: ChangeRequest) => ({
    Number: request.id,
    "Short description": request.title,
    ...detailsOf(request),
    Type: TYPES[request.type],
    Risk: request.risk,
    "Configuration item": request.service.name,
    State: known(request.closedAt, slashedLocal) ? "Closed" : "Implement",
    "Requested by": request.requestedBy.login,
    Opened: slashedLocal(request.createdAt),
    "Planned start": slashedLocal(request.plannedStart),
    "Planned end": slashedLocal(request.plannedEnd),
    "Backout plan": request.rollbackPlan,
    "Test plan": request.testPlan,
    "Post-implementation review": known(request.reviewAt, slashedLocal) ?? "",
    Closed: known(request.closedAt, slashedLocal) ?? "",
    Incidents: request.incidents.map(({ id }) => id).join(", "),
  }));
  return { name: "change-requests.csv", text: csv(rows) };
}

export function approvalsFile(world: World): TextFile {
  const rows = world.changeRequests.flatMap((request) =>
    request.approvals
      .filter(({ decidedAt }) => known(decidedAt, germanLocal))
      .map((approval) => ({
        id: approval.id,
        change: request.id,
        approver: approval.approver.login,
        role: approval.role,
        decision: approval.decision,
        decided: germanLocal(approval.decidedAt),
        comment: approval.justification,
        expires: "",
      })),
  );
  return { name: "approvals.csv", text: csv(rows, ";") };
}
