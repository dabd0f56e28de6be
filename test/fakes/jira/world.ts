/** Milliseconds since 1970. */
export type Instant = number;

export interface User {
  readonly login: string;
  readonly name: string;
  readonly email: string;
}

export interface Project {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly type: "software" | "service_desk";
}

/** Custom fields hold a choice, an instant, a line, text of several lines, or whatever an app keeps there: JSON as it is. */
export type FieldKind = "option" | "datetime" | "string" | "textarea" | "any";

export interface Field {
  readonly id: string;
  name: string;
  readonly kind: FieldKind;
}

export interface Status {
  readonly id: string;
  readonly name: string;
  readonly category: "new" | "indeterminate" | "done";
}

export interface Step {
  readonly id: string;
  readonly at: Instant;
  readonly by: User;
  readonly from: Status;
  readonly to: Status;
}

export interface Approval {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Instant;
  completedAt?: Instant;
  readonly approvers: { readonly user: User; decision: "pending" | "approved" | "declined" }[];
}

export interface Issue {
  readonly id: string;
  key: string;
  project: Project;
  type: string;
  summary: string;
  /** A paragraph a line; or JSON of a whole document. */
  description?: string | undefined;
  status: Status;
  readonly createdAt: Instant;
  updatedAt: Instant;
  resolvedAt?: Instant | undefined;
  priority: string;
  readonly reporter: User;
  assignee?: User | undefined;
  labels: string[];
  components: string[];
  readonly steps: Step[];
  readonly approvals: Approval[];
  /** Whether it was filed as a request of Service Management. */
  readonly isRequest: boolean;
  readonly custom: Map<string, string>;
  readonly links: {
    readonly id: string;
    readonly type: LinkType;
    readonly outward?: Issue;
    readonly inward?: Issue;
  }[];
}

export interface LinkType {
  readonly id: string;
  readonly name: string;
  readonly inward: string;
  readonly outward: string;
}

export const CAUSES: LinkType = {
  id: "10100",
  name: "Problem/Incident",
  inward: "is caused by",
  outward: "causes",
};
export const RELATES: LinkType = {
  id: "10101",
  name: "Relates",
  inward: "relates to",
  outward: "relates to",
};

export const TO_DO: Status = { id: "10000", name: "To Do", category: "new" };
export const IN_PROGRESS: Status = { id: "10001", name: "In Progress", category: "indeterminate" };
export const DONE: Status = { id: "10002", name: "Done", category: "done" };

export const TYPES = ["Story", "Bug", "Task", "[System] Change", "[System] Incident"] as const;

const FIELDS: readonly (readonly [string, FieldKind])[] = [
  ...(["Change type", "Change risk", "Severity", "Board decision"] as const).map(
    (name) => [name, "option"] as const,
  ),
  ...(
    ["Change start date", "Change completion date", "Post-implementation review", "Board decided"] as const
  ).map((name) => [name, "datetime"] as const),
  ...(["Started", "Detected", "Acknowledged", "Mitigated", "Resolved at"] as const).map(
    (name) => [name, "datetime"] as const,
  ),
  ...(["Backout plan", "Test plan", "Root cause", "Change reason", "Impact"] as const).map(
    (name) => [name, "textarea"] as const,
  ),
  ...(["Incident category", "Caused by", "Affected service", "Change template", "Team", "Team"] as const).map(
    (name) => [name, "string"] as const,
  ),
  ["Anything", "any"],
];

export interface NewIssue {
  readonly by: string;
  readonly type: (typeof TYPES)[number];
  readonly summary: string;
  readonly description?: string;
  readonly at?: Instant;
  readonly key?: string;
  readonly priority?: string;
  readonly assignee?: string;
  readonly components?: readonly string[];
  readonly isRequest?: boolean;
  readonly custom?: Readonly<Record<string, string | undefined>>;
}

/** What a Jira holds. Every change to an issue moves its update, as Jira does. */
export class World {
  now: Instant;
  /** Grows with every change, so that lists need not be made anew while nothing happens. */
  version = 0;
  /** In which the token's owner lives; undefined = hidden. */
  zone: string | undefined = "America/St_Johns";
  readonly projects = new Map<string, Project>();
  readonly users = new Map<string, User>();
  readonly issues = new Map<string, Issue>();
  /** Ids of issues and projects that the token's owner may not see. */
  readonly #hidden = new Set<string>();
  readonly fields: Field[] = FIELDS.map(([name, kind], index) => ({
    id: `customfield_${10_010 + index}`,
    name,
    kind,
  }));
  readonly #numbers = new Map<string, number>();
  #next = 20_000;

  constructor(start: string) {
    this.now = Date.parse(start);
  }

  project(key: string, type: Project["type"] = "software"): Project {
    const known = this.projects.get(key);
    if (known) return known;
    const project = { id: String(10_000 + this.projects.size), key, name: key, type };
    this.projects.set(key, project);
    return project;
  }

  user(login: string, name = login, email = `${login}@example.com`): User {
    const known = this.users.get(login) ?? { login, name, email };
    this.users.set(login, known);
    return known;
  }

  create(project: Project, { by, at = this.now, key, type, ...given }: NewIssue): Issue {
    const issue: Issue = {
      id: String(this.#next++),
      key: key ?? this.#keyIn(project),
      project,
      type,
      summary: given.summary,
      description: given.description,
      status: TO_DO,
      createdAt: at,
      updatedAt: at,
      priority: given.priority ?? "Medium",
      reporter: this.user(by),
      assignee: given.assignee === undefined ? undefined : this.user(given.assignee),
      labels: [],
      components: [...(given.components ?? [])],
      steps: [],
      approvals: [],
      isRequest: given.isRequest ?? project.type === "service_desk",
      custom: new Map(),
      links: [],
    };
    for (const [name, value] of Object.entries(given.custom ?? {}))
      if (value !== undefined) issue.custom.set(this.fieldNamed(name).id, value);
    this.issues.set(issue.id, issue);
    this.#pass(at);
    return issue;
  }

  fieldNamed(name: string): Field {
    const found = this.fields.find((one) => one.name === name);
    if (!found) throw new RangeError(`no field ${name}`);
    return found;
  }

  edit(
    issue: Issue,
    change: Partial<Pick<Issue, "summary" | "description" | "type" | "labels" | "components" | "priority">>,
    at = this.now,
  ): void {
    Object.assign(issue, change);
    this.#touch(issue, at);
  }

  set(issue: Issue, field: string, value: string | undefined, at = this.now): void {
    const { id } = this.fieldNamed(field);
    if (value === undefined) issue.custom.delete(id);
    else issue.custom.set(id, value);
    this.#touch(issue, at);
  }

  move(issue: Issue, to: Status, by: string, at = this.now): void {
    issue.steps.push({ id: String(this.#next++), at, by: this.user(by), from: issue.status, to });
    issue.status = to;
    issue.resolvedAt = to.category === "done" ? at : undefined;
    this.#touch(issue, at);
  }

  link(type: LinkType, from: Issue, to: Issue, at = this.now): void {
    const id = String(this.#next++);
    from.links.push({ id, type, outward: to });
    to.links.push({ id, type, inward: from });
    this.#touch(from, at);
    this.#touch(to, at);
  }

  /** To another project, and with it to another key. */
  transfer(issue: Issue, project: Project, at = this.now): void {
    issue.project = project;
    issue.key = this.#keyIn(project);
    this.#touch(issue, at);
  }

  remove(issue: Issue): void {
    this.issues.delete(issue.id);
    this.version += 1;
    for (const other of this.issues.values()) {
      const kept = other.links.filter(({ outward, inward }) => outward !== issue && inward !== issue);
      if (kept.length === other.links.length) continue;
      other.links.splice(0, other.links.length, ...kept);
      this.#touch(other, this.now);
    }
  }

  /** Under a security level, or in a project that is closed to the token's owner: nothing says so, and no update moves. */
  hide({ id }: Issue | Project): void {
    this.#hidden.add(id);
    this.version += 1;
  }

  show(id: string): void {
    this.#hidden.delete(id);
    this.version += 1;
  }

  get hidden(): readonly string[] {
    return [...this.#hidden];
  }

  isShown({ id, project }: Issue): boolean {
    return !this.#hidden.has(id) && this.isOpen(project);
  }

  isOpen({ id }: Project): boolean {
    return !this.#hidden.has(id);
  }

  ask(issue: Issue, name: string, approvers: readonly string[], at = this.now): Approval {
    const approval: Approval = {
      id: String(this.#next++),
      name,
      createdAt: at,
      approvers: approvers.map((login) => ({ user: this.user(login), decision: "pending" })),
    };
    issue.approvals.push(approval);
    this.#touch(issue, at);
    return approval;
  }

  /** Only the last of several approvers moves the request on, and with it its update. */
  decide(
    issue: Issue,
    approval: Approval,
    login: string,
    decision: "approved" | "declined",
    at = this.now,
  ): void {
    const approver = approval.approvers.find(({ user }) => user.login === login);
    if (approver) approver.decision = decision;
    this.#pass(at);
    if (approval.approvers.some((one) => one.decision === "pending")) return;
    approval.completedAt = at;
    this.#touch(issue, at);
  }

  #keyIn({ key }: Project): string {
    const number = (this.#numbers.get(key) ?? 0) + 1;
    this.#numbers.set(key, number);
    return `${key}-${number}`;
  }

  #touch(issue: Issue, at: Instant): void {
    issue.updatedAt = Math.max(issue.updatedAt, at);
    this.#pass(at);
  }

  #pass(at: Instant): void {
    this.version += 1;
    this.now = Math.max(this.now, at);
  }
}
