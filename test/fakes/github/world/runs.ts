import type {
  Attempt,
  CheckRun,
  CheckSuite,
  Commit,
  Conclusion,
  Instant,
  Job,
  Repository,
  RunApproval,
  RunStatus,
  WorkflowRun,
} from "./records.ts";
import { actor, environment } from "./repositories.ts";
import { later, type World } from "./world.ts";

export interface NewRun {
  readonly by: string;
  readonly workflow?: string;
  readonly title?: string;
  readonly event?: string;
  readonly branch?: string;
  readonly sha: string;
  readonly at?: Instant;
  /** Seconds until a runner takes its jobs; 5, where nothing is said. */
  readonly queue?: number;
  /** Done after so many seconds; not done yet, where none is given. */
  readonly seconds?: number;
  readonly conclusion?: Conclusion;
  readonly jobs?: readonly string[];
}

export function startRun(world: World, repository: Repository, about: NewRun): WorkflowRun {
  const at = about.at ?? world.now;
  const made = world.create<WorkflowRun>({
    __typename: "WorkflowRun",
    repository,
    workflow: about.workflow ?? "build",
    runNumber: repository.nextRun++,
    event: about.event ?? "push",
    headBranch: about.branch ?? repository.defaultBranch,
    headSha: about.sha,
    title: about.title ?? about.workflow ?? "build",
    actor: actor(world, about.by),
    createdAt: at,
    attempts: [],
    approvals: [],
    pending: [],
  });
  repository.runs.push(made);
  attempt(world, made, about);
  return made;
}

/** A further attempt of a run, with jobs of its own. */
export function attempt(
  world: World,
  run: WorkflowRun,
  about: Pick<NewRun, "by" | "at" | "queue" | "seconds" | "conclusion" | "jobs">,
): Attempt {
  const at = about.at ?? world.now;
  const made: Attempt = {
    run,
    number: run.attempts.length + 1,
    actor: actor(world, about.by),
    startedAt: at,
    status: "in_progress",
    conclusion: null,
    updatedAt: at,
    jobs: [],
  };
  run.attempts.push(made);
  for (const name of about.jobs ?? ["build"]) made.jobs.push(job(world, made, name, about.queue));
  if (about.seconds !== undefined)
    finish(world, made, about.conclusion ?? "success", later(at, about.seconds));
  return made;
}

function job(world: World, of: Attempt, name: string, queue = 5): Job {
  return world.create<Job>({
    __typename: "Job",
    attempt: of,
    name,
    runner: "runner-1",
    createdAt: of.startedAt,
    startedAt: later(of.startedAt, queue),
    status: "in_progress",
    conclusion: null,
    completedAt: null,
    steps: ["Set up job", "Run", "Complete job"].map((step, index) => ({
      number: index + 1,
      name: step,
      conclusion: null,
      startedAt: later(of.startedAt, queue + index),
      completedAt: null,
    })),
  });
}

export function finish(world: World, of: Attempt, conclusion: Conclusion, at: Instant = world.now): void {
  Object.assign(of, { status: "completed" satisfies RunStatus, conclusion, updatedAt: at });
  for (const each of of.jobs) {
    const steps = each.steps.map((step) => ({ ...step, conclusion, completedAt: at }));
    Object.assign(each, { status: "completed" satisfies RunStatus, conclusion, completedAt: at, steps });
  }
  world.version++;
}

/** The run waits for somebody to let it into these environments. */
export function wait(world: World, run: WorkflowRun, environments: readonly string[]): void {
  run.pending = environments.map((name) => environment(world, run.repository, name));
  const latest = run.attempts.at(-1);
  if (latest) Object.assign(latest, { status: "waiting" satisfies RunStatus, updatedAt: world.now });
  world.version++;
}

export function approve(
  world: World,
  run: WorkflowRun,
  about: {
    readonly by: string;
    readonly environments: readonly string[];
    readonly comment?: string;
    readonly state?: RunApproval["state"];
    readonly at?: Instant;
  },
): void {
  run.approvals.push({
    environments: about.environments.map((name) => environment(world, run.repository, name)),
    state: about.state ?? "approved",
    user: actor(world, about.by),
    comment: about.comment ?? "",
  });
  run.pending = run.pending.filter(({ name }) => !about.environments.includes(name));
  const latest = run.attempts.at(-1);
  // What somebody decides when the run has ended moves nothing in it.
  if (latest && latest.status !== "completed") latest.updatedAt = about.at ?? world.now;
  if (latest?.status === "waiting") latest.status = "in_progress";
  world.version++;
}

export function deleteRun(world: World, run: WorkflowRun): void {
  run.repository.runs.splice(run.repository.runs.indexOf(run), 1);
  world.forget(run);
}

/** What GitHub does by itself with runs that are too old. */
export function expireRuns(world: World, repository: Repository, before: Instant): void {
  for (const run of repository.runs.filter(({ createdAt }) => createdAt < before)) deleteRun(world, run);
}

export function checks(
  world: World,
  commit: Commit,
  names: readonly string[],
  about: { readonly at?: Instant; readonly conclusion?: CheckRun["conclusion"]; readonly app?: string } = {},
): CheckSuite {
  const at = about.at ?? commit.committedDate;
  const made = world.create<CheckSuite>({
    __typename: "CheckSuite",
    repository: commit.repository,
    app: about.app ?? "github-actions",
    commit,
    createdAt: at,
    updatedAt: later(at, 120),
    runs: [],
  });
  for (const name of names) made.runs.push(checkRun(world, made, name, about.conclusion ?? "SUCCESS"));
  commit.repository.checkSuites.push(made);
  return made;
}

function checkRun(
  world: World,
  suite: CheckSuite,
  name: string,
  conclusion: CheckRun["conclusion"],
): CheckRun {
  return world.create<CheckRun>({
    __typename: "CheckRun",
    suite,
    name,
    status: "COMPLETED",
    conclusion,
    startedAt: suite.createdAt,
    completedAt: suite.updatedAt,
    title: name,
  });
}
