import { SEED } from "../../../examples/acme/generate.ts";
import { AS_OF, type Instant as Seconds, isoUtc, START } from "../../../examples/acme/generator/clock.ts";
import { workedTickets } from "../../../examples/acme/generator/files/code.ts";
import { people } from "../../../examples/acme/generator/people.ts";
import type { ChangeRequest, Incident, Ticket } from "../../../examples/acme/generator/records.ts";
import { repositories } from "../../../examples/acme/generator/services.ts";
import { imagine } from "../../../examples/acme/generator/world.ts";
import { DONE, IN_PROGRESS, type Issue, RELATES, type Status, World } from "./world.ts";

export interface AcmeOptions {
  readonly seed?: number;
  /** 1 = two full years. */
  readonly scale?: number;
}

/** What the bank's Jira calls what a collector reads. */
export const ACME_FIELDS = {
  change_type: "Change type",
  risk: "Change risk",
  planned_start: "Change start date",
  planned_end: "Change completion date",
  rollback_plan: "Backout plan",
  test_plan: "Test plan",
  review_at: "Post-implementation review",
  severity: "Severity",
  classification: "Incident category",
  started_at: "Started",
  detected_at: "Detected",
  acknowledged_at: "Acknowledged",
  mitigated_at: "Mitigated",
  caused_by: "Caused by",
  cause: "Root cause",
} as const;

/** The projects in which its teams have their tickets; change requests and incidents are at its service desk. */
export const ACME_PROJECTS = [
  ...new Set(
    repositories
      .filter(({ hasReviewTool }) => hasReviewTool)
      .flatMap(({ services }) => services.map(({ ticketPrefix }) => ticketPrefix)),
  ),
];

const CLOSED: Status = { id: "10010", name: "Closed", category: "done" };
const IMPLEMENT: Status = { id: "10011", name: "Implement", category: "indeterminate" };
const YEAR: Seconds = 365 * 86_400;

/**
 * Acme Bank as Jira would show it: tickets in projects, change requests and incidents at the service desk. Keys of those two are the
 * bank's own numbers, by which its pipeline names them.
 */
export function acmeWorld({ seed = SEED, scale = 1 }: AcmeOptions = {}): World {
  const { world: acme } = imagine(seed, scale);
  const world = new World(isoUtc(START - YEAR));
  world.zone = "Europe/Berlin";
  for (const { login, name, email } of people) world.user(login, name, email);
  for (const ticket of workedTickets(acme)) addTicket(world, ticket);
  const incidents = new Map(acme.incidents.map((incident) => [incident, addIncident(world, incident)]));
  for (const request of acme.changeRequests) addRequest(world, request, incidents);
  world.now = Date.parse(isoUtc(AS_OF));
  return world;
}

const at = (seconds: Seconds) => seconds * 1000;
const isKnown = (seconds: Seconds | undefined): seconds is Seconds =>
  seconds !== undefined && seconds < AS_OF;
const known = (seconds: Seconds | undefined) => (isKnown(seconds) ? isoUtc(seconds) : undefined);

const TYPES = { story: "Story", bug: "Bug", task: "Task" } as const;

function addTicket(world: World, ticket: Ticket): void {
  const by = ticket.assignee.login;
  const issue = world.create(world.project(ticket.id.split("-")[0] ?? "ACME"), {
    ...{ by, assignee: by, key: ticket.id, type: TYPES[ticket.kind], summary: ticket.title },
    components: [ticket.service.name],
    at: at(ticket.createdAt),
  });
  if (isKnown(ticket.resolvedAt)) world.move(issue, DONE, by, at(ticket.resolvedAt));
  else world.move(issue, IN_PROGRESS, by, at(ticket.createdAt));
}

function addIncident(world: World, incident: Incident): Issue {
  const issue = world.create(world.project("INC", "service_desk"), {
    ...{ by: "renate.albrecht", key: incident.id, type: "[System] Incident", summary: incident.title },
    components: [incident.service.name],
    at: at(incident.detectedAt),
    custom: {
      Severity: `sev${incident.severity}`,
      "Incident category": incident.classification,
      Started: isoUtc(incident.startedAt),
      Detected: known(incident.detectedAt),
      Acknowledged: known(incident.acknowledgedAt),
      Mitigated: known(incident.mitigatedAt),
      "Root cause": incident.cause,
      ...(incident.causedBy.length > 0 && { "Caused by": incident.causedBy.map(({ id }) => id).join(", ") }),
    },
  });
  if (isKnown(incident.resolvedAt)) world.move(issue, DONE, "renate.albrecht", at(incident.resolvedAt));
  return issue;
}

const CHANGE_TYPES = { standard: "Standard", normal: "Normal", emergency: "Emergency" } as const;
const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);

function addRequest(world: World, request: ChangeRequest, incidents: ReadonlyMap<Incident, Issue>): void {
  const by = request.requestedBy.login;
  const issue = world.create(world.project("CHG", "service_desk"), {
    ...{ by, key: request.id, type: "[System] Change", summary: request.title },
    components: [request.service.name],
    at: at(request.createdAt),
    custom: {
      "Change type": CHANGE_TYPES[request.type],
      "Change risk": capital(request.risk),
      "Change start date": isoUtc(request.plannedStart),
      "Change completion date": isoUtc(request.plannedEnd),
      "Post-implementation review": known(request.reviewAt),
      ...(request.rollbackPlan !== "" && { "Backout plan": request.rollbackPlan }),
      ...(request.testPlan !== "" && { "Test plan": request.testPlan }),
    },
  });
  for (const incident of request.incidents) {
    const other = incidents.get(incident);
    if (other) world.link(RELATES, issue, other, at(request.createdAt));
  }
  for (const { approver, role, decidedAt } of request.approvals.filter((one) => isKnown(one.decidedAt))) {
    const approval = world.ask(issue, role, [approver.login], at(request.createdAt));
    world.decide(issue, approval, approver.login, "approved", at(decidedAt));
  }
  if (isKnown(request.closedAt)) world.move(issue, CLOSED, by, at(request.closedAt));
  else world.move(issue, IMPLEMENT, by, at(request.createdAt));
}
