import { type Cell, plain, type Row, type Seconds, type World } from "./world.ts";

type Cells = Readonly<Record<string, Cell | string>>;

const time = (at: Seconds | undefined): string => (at === undefined ? "" : plain(at));
export { time };

export const reference = (row: Row, display: string): Cell => [row.id, display];
export const numberOf = (row: Row): string => row.cells["number"]?.[1] ?? row.id;

export const user = (field: string, login: string): Cells => ({
  [field]: [`user-${login}`, `Name of ${login}`],
  [`${field}.user_name`]: login,
});

export function service(world: World, name: string, cells: Cells = {}): Row {
  return world.insert("cmdb_ci_service", {
    name,
    sys_class_name: ["cmdb_ci_service", "Service"],
    operational_status: ["1", "Operational"],
    ...cells,
  });
}

export const itemOf = (row: Row): Cell => [row.id, row.cells["name"]?.[1] ?? ""];

export function dependsOn(world: World, parent: Row, child: Row): Row {
  return world.insert("cmdb_rel_ci", {
    parent: itemOf(parent),
    child: itemOf(child),
    type: ["1a9cb166f1571100a92eb60da2bce5c5", "Depends on::Used by"],
    "type.name": "Depends on::Used by",
  });
}

export function requestChange(world: World, of: Row, cells: Cells = {}): Row {
  const number = `CHG${String(world.table("change_request").rows.size + 1).padStart(7, "0")}`;
  return world.insert("change_request", {
    number,
    short_description: "Change something",
    state: ["-1", "Implement"],
    type: ["normal", "Normal"],
    risk: ["3", "Moderate"],
    cmdb_ci: itemOf(of),
    opened_at: plain(world.now),
    ...user("requested_by", "ada"),
    ...cells,
  });
}

export function closeChange(world: World, change: Row): void {
  world.update("change_request", change, {
    state: ["3", "Closed"],
    closed_at: plain(world.now),
    close_code: ["successful", "Successful"],
  });
}

export function decide(world: World, change: Row, login: string, state: string, cells: Cells = {}): Row {
  return world.insert("sysapproval_approver", {
    sysapproval: reference(change, numberOf(change)),
    "sysapproval.sys_class_name": ["change_request", "Change Request"],
    ...user("approver", login),
    state: [state, state],
    ...cells,
  });
}

export function open(world: World, of: Row | undefined, cells: Cells = {}): Row {
  const number = `INC${String(world.table("incident").rows.size + 1).padStart(7, "0")}`;
  return world.insert("incident", {
    number,
    short_description: "Broken",
    state: ["1", "New"],
    priority: ["2", "2 - High"],
    category: ["software", "Software"],
    ...(of ? { business_service: itemOf(of) } : {}),
    opened_at: plain(world.now),
    ...cells,
  });
}

export function resolve(world: World, incident: Row, cells: Cells = {}): void {
  world.update("incident", incident, {
    state: ["6", "Resolved"],
    resolved_at: plain(world.now),
    close_notes: "Mended",
    ...cells,
  });
}

/** The time at which it was resolved stays. */
export function reopen(world: World, incident: Row): void {
  world.update("incident", incident, { state: ["2", "In Progress"] });
}
