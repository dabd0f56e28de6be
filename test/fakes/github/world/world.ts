import { createHash } from "node:crypto";
import type { Actor, Entity, Instant, Repository, Ruleset } from "./records.ts";

/** The prefixes of GitHub's node ids. */
const PREFIXES: Readonly<Record<string, string>> = {
  User: "U",
  Bot: "BOT",
  Organization: "O",
  Repository: "R",
  Commit: "C",
  Tag: "TA",
  Ref: "REF",
  Label: "LA",
  PullRequest: "PR",
  PullRequestReview: "PRR",
  Issue: "I",
  Deployment: "DE",
  DeploymentStatus: "DES",
  Environment: "EN",
  Release: "RE",
  ReleaseAsset: "RA",
  WorkflowRun: "WFR",
  CheckSuite: "CS",
  CheckRun: "CR",
  Job: "CR",
  RepositoryRuleset: "RRS",
  BranchProtectionRule: "BPR",
};

interface Planned {
  readonly at: Instant;
  readonly act: (world: World) => void;
}

/** All of a made-up GitHub, its clock, and what is going to happen in it. */
export class World {
  /** Counts changes, so that sorted lists can be kept between them. */
  version = 0;
  readonly actors = new Map<string, Actor>();
  readonly repositories: Repository[] = [];
  /** Rulesets of organisations. */
  readonly rulesets: Ruleset[] = [];
  private readonly nodes = new Map<string, Entity>();
  /** The next at the end. */
  private readonly planned: Planned[] = [];
  private isPlanInOrder = true;
  private serial = 0;
  private clock: Instant;

  constructor(start: Instant = "2026-01-01T00:00:00Z") {
    this.clock = instant(start);
  }

  get now(): Instant {
    return this.clock;
  }

  /** Says what happens at an instant that `advanceTo` has yet to reach. */
  plan(at: Instant, act: (world: World) => void): this {
    this.planned.push({ at: instant(at), act });
    this.isPlanInOrder = false;
    return this;
  }

  /** Lets time pass: what was planned until then happens, in order. */
  advanceTo(at: Instant): this {
    const until = instant(at);
    for (let next = this.takeNext(until); next; next = this.takeNext(until)) {
      if (next.at > this.clock) this.clock = next.at;
      next.act(this);
    }
    if (until > this.clock) this.clock = until;
    this.version++;
    return this;
  }

  private takeNext(until: Instant): Planned | undefined {
    if (!this.isPlanInOrder) putLastFirst(this.planned);
    this.isPlanInOrder = true;
    const next = this.planned.at(-1);
    return next && next.at <= until ? this.planned.pop() : undefined;
  }

  /** A new record with its ids, to be found by them from now on. */
  create<T extends Entity>(fields: Omit<T, "id" | "databaseId">, key?: string): T {
    this.serial++;
    this.version++;
    const type = fields.__typename;
    const id = `${PREFIXES[type] ?? type}_${base64url(`kw:${type}:${key ?? this.serial}`)}`;
    const record = Object.assign(fields, { id, databaseId: 1000 + this.serial }) as unknown as T;
    this.nodes.set(id, record);
    return record;
  }

  forget(...records: readonly Entity[]): void {
    this.version++;
    for (const { id } of records) this.nodes.delete(id);
  }

  node(id: string): Entity | undefined {
    return this.nodes.get(id);
  }

  repository(fullName: string): Repository | undefined {
    const wanted = fullName.toLowerCase();
    return (
      this.repositories.find((repository) => fullNameOf(repository).toLowerCase() === wanted) ??
      this.repositories.findLast(({ formerNames }) =>
        formerNames.some((name) => name.toLowerCase() === wanted),
      )
    );
  }

  /** A number nothing else has, for records without a node id. */
  number(): number {
    this.serial++;
    this.version++;
    return 1000 + this.serial;
  }
}

/** What was planned first for an instant happens first. */
function putLastFirst(planned: Planned[]): void {
  planned.reverse().sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0));
}

export const fullNameOf = ({ owner, name }: Repository) => `${owner.login}/${name}`;

/** The one form in which instants are kept: whole seconds, UTC. */
export function instant(at: Instant | Date): Instant {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, "Z");
}

export function later(at: Instant, seconds: number): Instant {
  return instant(new Date(Date.parse(at) + seconds * 1000));
}

export const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");

const base64url = (text: string) => Buffer.from(text).toString("base64url");
