import { createHash } from "node:crypto";
import type { Commit, Environment, Instant, Project } from "./records.ts";

export const at = (instant: string): Instant => Date.parse(instant);

/** A GitLab with its clock. Numbers are given in the order of time. */
export class World {
  now: Instant;
  readonly projects = new Map<number, Project>();
  #last = 100;

  constructor(now: string) {
    this.now = at(now);
  }

  next(): number {
    this.#last += 1;
    return this.#last;
  }

  /** To a millionth of a second, as times are kept: what is added up would come to a little less. */
  pass(milliseconds: number): this {
    this.now = Math.round((this.now + milliseconds) * 1000) / 1000;
    return this;
  }

  project(path: string): Project {
    const id = this.next();
    const project: Project = {
      id,
      path,
      createdAt: this.now,
      environments: new Map(),
      deployments: new Map(),
      mergeRequests: new Map(),
      pipelines: new Map(),
      issues: new Map(),
      hidden: new Set(),
      releases: new Map(),
      commits: new Map(),
      isArchived: false,
      isFork: false,
      off: new Set(),
      main: undefined,
    };
    this.projects.set(id, project);
    return project;
  }

  find(idOrPath: string): Project | undefined {
    const byId = this.projects.get(Number(idOrPath));
    return (
      byId ?? [...this.projects.values()].find(({ path }) => path.toLowerCase() === idOrPath.toLowerCase())
    );
  }

  environment(
    { environments }: Project,
    name: string,
    tier: Environment["tier"] = tierOf(name),
  ): Environment {
    const found = environments.get(name);
    if (found) return found;
    const made: Environment = { id: this.next(), name, tier, createdAt: this.now, state: "available" };
    environments.set(name, made);
    return made;
  }

  commit({ commits }: Project, made: Partial<Commit> & Pick<Commit, "message" | "parents">): Commit {
    const sha = made.sha ?? createHash("sha1").update(`${this.next()} ${made.message}`).digest("hex");
    const commit: Commit = {
      author: { name: "Ada", email: "ada@acme.example" },
      authoredAt: this.now,
      committedAt: this.now,
      ...made,
      sha,
    };
    commits.set(sha, commit);
    return commit;
  }
}

/** As GitLab guesses it from the name. */
function tierOf(name: string): Environment["tier"] {
  if (/prod|live/i.test(name)) return "production";
  if (/stag|model|demo/i.test(name)) return "staging";
  return /test|qa|uat/i.test(name) ? "testing" : "other";
}

/** Reachable from a commit, or from the second of a range and not from the first; newest first. Undefined where one is not there. */
export function history({ commits }: Project, range: string): Commit[] | undefined {
  const [first = "", second] = range.split("..");
  if (!commits.has(first) || (second !== undefined && !commits.has(second))) return undefined;
  const without = second === undefined ? new Set<string>() : reach(commits, first);
  const found = [...reach(commits, second ?? first)].filter((sha) => !without.has(sha));
  return found
    .flatMap((sha) => commits.get(sha) ?? [])
    .sort((a, b) => b.committedAt - a.committedAt || (a.sha < b.sha ? -1 : 1));
}

function reach(commits: ReadonlyMap<string, Commit>, from: string): Set<string> {
  const seen = new Set<string>();
  for (const open = [from]; open.length > 0;) {
    const sha = open.pop() ?? "";
    if (seen.has(sha) || !commits.has(sha)) continue;
    seen.add(sha);
    open.push(...(commits.get(sha)?.parents ?? []));
  }
  return seen;
}
