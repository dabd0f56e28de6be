/** Whole seconds since 1970. */
export type Seconds = number;

export const iso = (at: Seconds): string => `${new Date(at * 1000).toISOString().slice(0, 19)}Z`;
export const seconds = (instant: string): Seconds => Date.parse(instant) / 1000;

export interface Service {
  readonly id: string;
  name: string;
  readonly createdAt: Seconds;
  readonly team: string;
  isDeleted: boolean;
}

export interface Priority {
  readonly id: string;
  readonly name: string;
}

export interface Incident {
  readonly id: string;
  readonly number: number;
  readonly service: Service;
  readonly createdAt: Seconds;
  /** Its first log entry. */
  trigger: string;
  title: string;
  status: "triggered" | "acknowledged" | "resolved";
  urgency: "high" | "low";
  priority: Priority | undefined;
  assignee: string;
  acknowledgedAt: Seconds | undefined;
  resolvedAt: Seconds | undefined;
  statusAt: Seconds;
  updatedAt: Seconds;
  mergedInto: Incident | undefined;
  alerts: number;
}

export interface LogEntry {
  readonly id: string;
  readonly type: string;
  readonly at: Seconds;
  readonly incident: Incident;
  readonly agent: string;
  readonly note: string | undefined;
}

export interface ChangeEvent {
  readonly id: string;
  readonly at: Seconds;
  readonly summary: string;
  readonly source: string;
  readonly services: readonly Service[];
  readonly details: Readonly<Record<string, string>>;
  readonly link: string | undefined;
}

/** All of a made-up PagerDuty account, its clock, and what is going to happen in it. */
export class World {
  now: Seconds;
  readonly services: Service[] = [];
  readonly priorities: Priority[];
  readonly incidents: Incident[] = [];
  readonly entries: LogEntry[] = [];
  readonly changeEvents: ChangeEvent[] = [];
  /** Ids of services that the token's owner may not see, with all that belongs to them, and of incidents that are gone. */
  readonly hidden = new Set<string>();
  #planned: { readonly at: Seconds; readonly act: () => void }[] = [];
  #ids = 0;

  constructor(now: string, priorities: readonly string[] = ["SEV-1", "SEV-2", "SEV-3"]) {
    this.now = seconds(now);
    this.priorities = priorities.map((name, index) => ({ id: `PRIO00${index + 1}`, name }));
  }

  id(prefix: string): string {
    this.#ids += 1;
    return prefix + this.#ids.toString(36).toUpperCase().padStart(6, "0");
  }

  isShown({ id, service }: Incident): boolean {
    return !this.hidden.has(id) && !this.hidden.has(service.id);
  }

  plan(at: Seconds, act: () => void): void {
    this.#planned.push({ at, act });
  }

  /** Lets time pass, and what was planned happen. */
  advanceTo(instant: string): this {
    const until = seconds(instant);
    const due = this.#planned.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
    this.#planned = this.#planned.filter(({ at }) => at > until);
    for (const { at, act } of due) {
      this.now = at;
      act();
    }
    this.now = until;
    return this;
  }

  pass(amount: Seconds): this {
    return this.advanceTo(iso(this.now + amount));
  }
}
