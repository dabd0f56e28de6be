import { createHash } from "node:crypto";

/** Whole seconds since 1970. */
export type Seconds = number;

export const seconds = (instant: string): Seconds => Date.parse(instant) / 1000;
export const iso = (at: Seconds): string => `${new Date(at * 1000).toISOString().slice(0, 19)}Z`;
/** As ServiceNow keeps it: UTC without saying so. */
export const plain = (at: Seconds): string => iso(at).replace("T", " ").replace("Z", "");

/** What is kept and what people see. */
export type Cell = readonly [value: string, display: string];

export interface Row {
  readonly id: string;
  /** As ServiceNow keeps it. */
  readonly created: string;
  updated: string;
  readonly cells: Record<string, Cell>;
}

const compare = (one: string, other: string) => (one === other ? 0 : one < other ? -1 : 1);

/** A table with its columns: those behind references, such as `requested_by.user_name`, included. */
export class Table {
  readonly name: string;
  readonly columns: Set<string>;
  readonly rows = new Map<string, Row>();
  #sorted: Row[] | undefined;

  constructor(name: string, columns: readonly string[]) {
    this.name = name;
    this.columns = new Set(["sys_id", "sys_updated_on", "sys_created_on", ...columns]);
  }

  touch(): void {
    this.#sorted = undefined;
  }

  /** By time of update, then id. */
  get sorted(): readonly Row[] {
    return (this.#sorted ??= [...this.rows.values()].sort(
      (a, b) => compare(a.updated, b.updated) || compare(a.id, b.id),
    ));
  }
}

const SUBJECT = [
  "number",
  "short_description",
  "state",
  "opened_at",
  "closed_at",
  "business_service",
  "cmdb_ci",
];

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  change_request: [
    ...SUBJECT,
    ...["type", "risk", "requested_by", "requested_by.user_name", "start_date", "end_date", "backout_plan"],
    ...["test_plan", "review_date", "review_status", "close_code", "approval", "cab_recommendation"],
    ...["description", "justification", "risk_impact_analysis", "assigned_to", "assigned_to.user_name"],
    ...["std_change_producer_version", "u_reviewed_at", "u_incidents", "u_items"],
  ],
  incident: [
    ...SUBJECT,
    ...["description", "priority", "category", "resolved_at", "caused_by", "rfc", "problem_id", "close_notes"],
    ...["u_started_at", "u_detected_at", "u_acknowledged_at", "u_restored_at", "u_caused_by"],
  ],
  sysapproval_approver: [
    ...["sysapproval", "sysapproval.sys_class_name", "approver", "approver.user_name", "state", "comments"],
    "group.assignment_group.name",
  ],
  cmdb_ci_service: [
    "name",
    "sys_class_name",
    "owned_by",
    "owned_by.user_name",
    "u_version",
    "operational_status",
  ],
  cmdb_rel_ci: ["parent", "child", "type", "type.name"],
};

interface Planned {
  readonly at: Seconds;
  readonly act: () => void;
}

/** All of a made-up instance, its clock, and what is going to happen in it. */
export class World {
  now: Seconds;
  readonly tables = new Map(
    Object.entries(COLUMNS).map(([name, columns]) => [name, new Table(name, columns)]),
  );
  /** Records that rules of access keep from the user. */
  readonly hidden = new Set<string>();
  /** How far the user's clock is from UTC, where queries are read by it. */
  offset = 0;
  #planned: Planned[] = [];
  #ids = 0;

  constructor(now: string) {
    this.now = seconds(now);
  }

  table(name: string): Table {
    const table = this.tables.get(name);
    if (!table) throw new RangeError(`no table ${name}`);
    return table;
  }

  insert(name: string, cells: Readonly<Record<string, Cell | string>>): Row {
    this.#ids += 1;
    const id = createHash("md5").update(`${name} ${this.#ids}`).digest("hex");
    const row: Row = { id, created: plain(this.now), updated: plain(this.now), cells: {} };
    this.table(name).rows.set(id, row);
    return this.update(name, row, cells);
  }

  update(name: string, row: Row, cells: Readonly<Record<string, Cell | string>>): Row {
    for (const [field, cell] of Object.entries(cells))
      row.cells[field] = typeof cell === "string" ? [cell, cell] : cell;
    row.updated = plain(this.now);
    this.table(name).touch();
    return row;
  }

  delete(name: string, row: Row): void {
    this.table(name).rows.delete(row.id);
    this.table(name).touch();
  }

  /** Such as from the list of deleted records: it has the time of update that it had. */
  restore(name: string, row: Row): void {
    this.table(name).rows.set(row.id, row);
    this.table(name).touch();
  }

  plan(at: Seconds, act: () => void): void {
    this.#planned.push({ at, act });
  }

  /** Lets time pass, and what was planned happen, and what was planned by that. */
  advanceTo(instant: string): this {
    const until = seconds(instant);
    for (let due = this.#takeDue(until); due.length > 0; due = this.#takeDue(until)) {
      for (const { at, act } of due) {
        this.now = at;
        act();
      }
    }
    this.now = until;
    return this;
  }

  #takeDue(until: Seconds): Planned[] {
    const due = this.#planned.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
    this.#planned = this.#planned.filter(({ at }) => at > until);
    return due;
  }

  pass(amount: Seconds): this {
    return this.advanceTo(iso(this.now + amount));
  }
}
