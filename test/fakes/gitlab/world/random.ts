import { Chance } from "../../../support/chance.ts";
import {
  approve,
  deploy,
  finish,
  issue,
  job,
  label,
  merge,
  mergeRequest,
  note,
  pipeline,
  release,
  setState,
  unapprove,
} from "./happen.ts";
import type { Deployment, Project } from "./records.ts";
import { history, World } from "./world.ts";

/** What may happen to a project. False: not now. */
const HAPPENINGS: Readonly<Record<string, (world: World, chance: Chance, project: Project) => boolean>> = {
  "a merge request": (world, chance, project) => {
    const commits = [
      world.commit(project, { message: "Work", parents: project.main === undefined ? [] : [project.main] }),
    ];
    const closes = chance.percent(30) ? shownIssues(project).slice(0, 1) : [];
    mergeRequest(world, project, { commits, closes, paths: ["a/b.ts", "c.ts"] });
    return true;
  },
  "a review": (world, chance, project) =>
    to(any(chance, project.mergeRequests), (request) =>
      chance.percent(50)
        ? approve(world, request, chance.one(["grace", "linus"]))
        : note(world, request, { by: "grace", isSystem: chance.percent(30), body: "requested changes" }),
    ),
  "an approval taken back": (world, chance, project) =>
    to(any(chance, project.mergeRequests), (request) =>
      to([...request.approvedBy.keys()][0], (by) => unapprove(world, request, by)),
    ),
  "a merge": (world, chance, project) =>
    to(
      [...project.mergeRequests.values()].find(({ state }) => state === "opened"),
      (request) => merge(world, project, request, chance.percent(50)),
    ),
  "a deployment": (world, chance, project) =>
    to(project.main, (sha) => deployment(world, chance, project, sha)),
  "a deployment from elsewhere": (world, chance, project) =>
    to(project.main, (main) => {
      const { sha } = world.commit(project, { message: "Fix on a release branch", parents: [main] });
      deployment(world, chance, project, world.commit(project, { message: "One more", parents: [sha] }).sha);
    }),
  "a deployment ends": (world, chance, project) =>
    to(
      [...project.deployments.values()].find(({ status }) => status === "running"),
      (one) => finish(world, one, chance.one(["success", "failed", "canceled"])),
    ),
  "a decision on a deployment": (world, chance, project) =>
    to(
      [...project.deployments.values()].find(({ status }) => status === "blocked"),
      (one) => decide(world, chance, one),
    ),
  "a job is repeated": (world, chance, project) =>
    to(any(chance, project.pipelines), (run) =>
      to(run.jobs.at(-1), ({ name }) => job(world, run, { name, status: "success" })),
    ),
  "an issue": (world, chance, project) =>
    to(project, () => issue(world, project, { type: chance.one(["issue", "incident"]) })),
  "an issue closed or opened again": (world, chance, project) =>
    to(any(chance, project.issues), (one) => setState(world, one, chance.one(["closed", "reopened"]))),
  "a label": (world, chance, project) =>
    to(any(chance, project.issues), (one) => label(world, one, chance.one(["mitigated", "sev1", "ünïcode"]))),
  "a release": (world, chance, project) =>
    to(project.main, (sha) =>
      release(world, project, { tag: `v1.${chance.whole(0, 30)}`, sha, links: ["a.tgz"] }),
    ),
  "a deletion": (_, chance, project) => {
    const { deployments, mergeRequests, issues, releases } = project;
    switch (chance.whole(1, 4)) {
      case 1:
        return to(any(chance, releases), ({ tag }) => releases.delete(tag));
      case 2:
        return to(any(chance, mergeRequests), ({ id }) => mergeRequests.delete(id));
      case 3: {
        return to(chance.of(unnamed(project)), (id) => issues.delete(id));
      }
      default: {
        // Commits that only a deployment led to stay stored.
        const main = new Set(history(project, project.main ?? "")?.map(({ sha }) => sha));
        return to(chance.of([...deployments.values()].filter(({ sha }) => main.has(sha))), ({ id }) =>
          deployments.delete(id),
        );
      }
    }
  },
  "many in one instant": (world, chance, project) =>
    to(chance.percent(25) ? project : undefined, () => {
      for (let many = chance.whole(101, 130); many > 0; many -= 1) issue(world, project);
    }),
  "many in one second": (world, chance, project) =>
    to(chance.percent(25) ? project : undefined, () => {
      for (let many = chance.whole(101, 130); many > 0; many -= 1) issue(world.pass(0.3), project);
    }),
  "a project renamed": (world, chance, project) =>
    to(
      project,
      () => (project.path = `acme/${chance.one(["payments", "core/ledger", "moved"])}-${world.next()}`),
    ),
  "a project made": (world) =>
    to(world.projects.size < 5 || undefined, () => world.project(`acme/new-${world.next()}`)),
};

/** What the token's owner sees, and what not: an update of nothing. */
const DISAPPEARING: typeof HAPPENINGS = {
  "confidential issues hidden": (_, chance, project) => {
    const some = unnamed(project);
    for (let many = chance.whole(1, 3); many > 0; many -= 1)
      to(chance.of(some), (id) => project.hidden.add(id));
    return some.length > 0;
  },
  "a confidential issue shown again": (_, chance, { hidden }) =>
    to(chance.of([...hidden]), (id) => hidden.delete(id)),
  "one hidden and another shown": (_, chance, project) =>
    to(chance.of([...project.hidden]), (shown) =>
      to(chance.of(unnamed(project)), (id) => {
        project.hidden.delete(shown);
        project.hidden.add(id);
      }),
    ),
};

const shownIssues = ({ issues, hidden }: Project) => [...issues.keys()].filter((id) => !hidden.has(id));

/** A merge request that closes an issue says so as it was when it was read. */
function unnamed(project: Project): number[] {
  const closed = new Set([...project.mergeRequests.values()].flatMap(({ closes }) => closes));
  return shownIssues(project).filter((id) => !closed.has(id));
}

export const CHANGE_NAMES = Object.keys(HAPPENINGS);
export const DISAPPEARING_NAMES = Object.keys(DISAPPEARING);

function deployment(world: World, chance: Chance, project: Project, sha: string): void {
  const environment = world.environment(project, chance.one(["production", "staging", "review/x"]));
  const run = pipeline(world, project, { sha });
  const made = job(world, run, { name: `deploy ${environment.name}` });
  const status = environment.tier === "production" && chance.percent(50) ? "blocked" : "running";
  deploy(world, project, environment, { sha, job: made, pipeline: run, status });
}

/** Of an approval GitLab does not say that it was an update; of what follows it does. */
function decide(world: World, chance: Chance, one: Deployment): void {
  one.approvals.push({
    by: "grace",
    status: chance.one(["approved", "rejected"]),
    at: world.now,
    comment: "Seen",
  });
  if (chance.percent(60)) finish(world, one, "running");
}

function to<T>(one: T | undefined, act: (one: T) => unknown): boolean {
  if (one === undefined) return false;
  return act(one) !== false;
}

type Seen = (kind: string) => void;

const nothing: Seen = () => undefined;

export interface Happening {
  readonly count: number;
  /** Whether things disappear too. */
  readonly disappear?: boolean;
  readonly seen?: Seen;
}

/** A group in which anything may happen to any record, of whatever age. */
export function randomWorld(
  seed: number,
  happening: Happening,
): { readonly world: World; readonly chance: Chance } {
  const chance = new Chance(seed);
  const world = new World("2024-01-02T08:00:00Z");
  for (const path of ["acme/payments", "acme/core/ledger", "acme/empty"]) world.project(path);
  happen(world, chance, happening, 86_400_000 * 9);
  return { world, chance };
}

export function happen(
  world: World,
  chance: Chance,
  { count, disappear = false, seen = nothing }: Happening,
  pause = 86_400_000,
): void {
  const all = disappear ? { ...HAPPENINGS, ...DISAPPEARING } : HAPPENINGS;
  for (let index = 0; index < count; index += 1) {
    // Fractions of a millisecond: GitLab keeps them and does not say them.
    world.pass(chance.percent(30) ? 0 : chance.whole(1, pause) + chance.whole(0, 9) / 10);
    const name = chance.of(Object.keys(all)) ?? "";
    const project = chance.of([...world.projects.values()].slice(0, -1));
    if (project && all[name]?.(world, chance, project)) seen(name);
  }
}

const any = <K, V>(chance: Chance, all: ReadonlyMap<K, V>): V | undefined => chance.of([...all.values()]);
