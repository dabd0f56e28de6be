import type { Incident, Priority, Service, World } from "./world.ts";

export function service(
  world: World,
  name: string,
  { team = "Engineering", id = world.id("PS") } = {},
): Service {
  const made: Service = { id, name, team, createdAt: world.now, isDeleted: false };
  world.services.push(made);
  return made;
}

export interface Triggered {
  readonly title?: string;
  readonly urgency?: "high" | "low";
  readonly priority?: string;
  readonly id?: string;
}

export function trigger(
  world: World,
  of: Service,
  { title = "Broken", urgency = "high", priority, id = world.id("PI") }: Triggered = {},
): Incident {
  const incident: Incident = {
    id,
    number: world.incidents.length + 1,
    service: of,
    createdAt: world.now,
    trigger: "",
    title,
    status: "triggered",
    urgency,
    priority: world.priorities.find(({ name }) => name === priority),
    assignee: "Ada",
    acknowledgedAt: undefined,
    resolvedAt: undefined,
    statusAt: world.now,
    updatedAt: world.now,
    mergedInto: undefined,
    alerts: 1,
  };
  world.incidents.push(incident);
  incident.trigger = log(world, incident, "trigger");
  log(world, incident, "assign");
  log(world, incident, "notify");
  return incident;
}

export function acknowledge(world: World, incident: Incident): void {
  incident.acknowledgedAt = world.now;
  into(world, incident, "acknowledged");
  log(world, incident, "acknowledge");
}

export function resolve(world: World, incident: Incident): void {
  incident.resolvedAt = world.now;
  into(world, incident, "resolved");
  log(world, incident, "resolve");
}

/** PagerDuty has no entry of its own for it: what was resolved is triggered once more. */
export function reopen(world: World, incident: Incident): void {
  incident.resolvedAt = undefined;
  incident.acknowledgedAt = undefined;
  into(world, incident, "triggered");
  log(world, incident, "trigger");
}

export function merge(world: World, incident: Incident, target: Incident): void {
  incident.mergedInto = target;
  target.alerts += incident.alerts;
  incident.resolvedAt = world.now;
  into(world, incident, "resolved");
  log(world, incident, "resolve");
  log(world, target, "annotate", `Merged [#${incident.number}] into this incident`);
}

export function annotate(world: World, incident: Incident, note: string): void {
  incident.updatedAt = world.now;
  log(world, incident, "annotate", note);
}

export function reassign(world: World, incident: Incident, to: string): void {
  incident.assignee = to;
  incident.updatedAt = world.now;
  log(world, incident, "assign");
}

export function escalate(world: World, incident: Incident): void {
  incident.assignee = "Grace";
  incident.updatedAt = world.now;
  log(world, incident, "escalate");
  log(world, incident, "notify");
}

export function prioritise(world: World, incident: Incident, priority: Priority | undefined): void {
  incident.priority = priority;
  incident.updatedAt = world.now;
  log(world, incident, "field_value_change");
}

/** Another alert: nothing is logged about it. */
export function alert(world: World, incident: Incident): void {
  incident.alerts += 1;
  incident.updatedAt = world.now;
}

export function change(
  world: World,
  services: readonly Service[],
  details: Readonly<Record<string, string>> = {},
): void {
  world.changeEvents.push({
    id: world.id("01"),
    at: world.now,
    summary: `Deployed ${details["version"] ?? "something"}`,
    source: "pipeline",
    services,
    details,
    link: "https://ci.example.com/run/1",
  });
}

function into(world: World, incident: Incident, status: Incident["status"]): void {
  incident.status = status;
  incident.statusAt = world.now;
  incident.updatedAt = world.now;
}

function log(world: World, incident: Incident, what: string, note?: string): string {
  const id = world.id("R");
  world.entries.push({
    id,
    type: `${what}_log_entry`,
    at: world.now,
    incident,
    agent: what === "trigger" ? incident.service.id : incident.assignee,
    note,
  });
  return id;
}
