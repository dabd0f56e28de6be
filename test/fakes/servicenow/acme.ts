import { SEED } from "../../../examples/acme/generate.ts";
import { AS_OF, isoUtc, START } from "../../../examples/acme/generator/clock.ts";
import type { Approval, ChangeRequest, Incident } from "../../../examples/acme/generator/records.ts";
import { repositories } from "../../../examples/acme/generator/services.ts";
import { imagine } from "../../../examples/acme/generator/world.ts";
import { decide, itemOf, open, requestChange, service, time, user } from "./world/happen.ts";
import { type Cell, type Row, type Seconds, World } from "./world/world.ts";

export interface AcmeOptions {
  readonly seed?: number;
  /** 1 = two full years. */
  readonly scale?: number;
  /** How far the world has come; to the end, where nothing is said. `advanceTo` goes on from there. */
  readonly until?: string;
}

/** What Acme calls its services in ServiceNow: not quite as in quarterdeck.yaml. */
export const itemNameOf = (name: string) => `Acme ${name.replaceAll("-", " ")} (service)`;

/** The bank's own fields, for what ServiceNow has none. */
export const ACME_OPTIONS = {
  change_request: { fields: { review_at: "u_reviewed_at", incidents: "u_incidents" } },
  incident: {
    fields: {
      started_at: "u_started_at",
      detected_at: "u_detected_at",
      acknowledged_at: "u_acknowledged_at",
      mitigated_at: "u_restored_at",
      caused_by: ["caused_by", "u_caused_by"],
    },
  },
} as const;

const RISKS = { high: ["2", "High"], medium: ["3", "Moderate"], low: ["4", "Low"] } as const;
const TYPES = { standard: "Standard", normal: "Normal", emergency: "Emergency" } as const;

/** Acme Bank's change requests and incidents as ServiceNow would show them, under the numbers by which deployments name them. */
export function acmeWorld({ seed = SEED, scale = 1, until = isoUtc(AS_OF) }: AcmeOptions = {}): World {
  const { world: acme } = imagine(seed, scale);
  const world = new World(isoUtc(START));
  const items = new Map(
    repositories.flatMap((repository) =>
      repository.services.map(({ name }) => [name, service(world, itemNameOf(name))] as const),
    ),
  );
  for (const request of acme.changeRequests) {
    const of = items.get(request.service.name);
    if (of) requested(world, of, request);
  }
  for (const incident of acme.incidents) {
    const of = items.get(incident.service.name);
    if (of) happened(world, of, incident);
  }
  return world.advanceTo(until);
}

/** The service desk's own export has lost the seconds; here they are cut as well. */
const minute = (at: Seconds) => at - (at % 60);

function requested(world: World, of: Row, request: ChangeRequest): void {
  const { id, title, type, risk, requestedBy, createdAt, plannedStart, plannedEnd } = request;
  world.plan(createdAt, () => {
    const row = requestChange(world, of, {
      number: id,
      short_description: title,
      type: [type, TYPES[type]],
      risk: RISKS[risk] as Cell,
      opened_at: time(minute(createdAt)),
      start_date: time(minute(plannedStart)),
      end_date: time(minute(plannedEnd)),
      backout_plan: request.rollbackPlan,
      test_plan: request.testPlan,
      u_incidents: request.incidents.map((one) => one.id).join(","),
      ...user("requested_by", requestedBy.login),
    });
    for (const approval of request.approvals) decided(world, row, approval);
    then(world, request.reviewAt, (at) =>
      world.update("change_request", row, { u_reviewed_at: time(minute(at)) }),
    );
    then(world, request.closedAt, (at) =>
      world.update("change_request", row, { state: ["3", "Closed"], closed_at: time(minute(at)) }),
    );
  });
}

function decided(
  world: World,
  request: Row,
  { approver, role, decision, decidedAt, justification }: Approval,
): void {
  then(world, decidedAt, () => {
    decide(world, request, approver.login, decision, {
      "group.assignment_group.name": role,
      comments: justification,
    });
  });
}

function happened(world: World, of: Row, incident: Incident): void {
  const { id, title, severity, classification, startedAt, detectedAt, causedBy, cause } = incident;
  world.plan(detectedAt, () => {
    const row = open(world, of, {
      number: id,
      short_description: title,
      priority: [String(severity), `sev${severity}`],
      category: classification,
      business_service: itemOf(of),
      u_started_at: time(startedAt),
      u_detected_at: time(detectedAt),
      u_caused_by: causedBy.map((one) => one.id).join(", "),
      close_notes: cause,
    });
    const later = (at: Seconds | undefined, cells: Record<string, Cell | string>) =>
      then(world, at, () => world.update("incident", row, cells));
    later(incident.acknowledgedAt, { u_acknowledged_at: time(incident.acknowledgedAt) });
    later(incident.mitigatedAt, { u_restored_at: time(incident.mitigatedAt) });
    later(incident.resolvedAt, { state: ["6", "Resolved"], resolved_at: time(incident.resolvedAt) });
  });
}

/** Later: at once where that is past already, as where somebody approved before the request was written. */
function then(world: World, at: Seconds | undefined, act: (at: Seconds) => unknown): void {
  if (at !== undefined) world.plan(at, () => void act(at));
}
