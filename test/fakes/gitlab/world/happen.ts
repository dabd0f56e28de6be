import type {
  Commit,
  Deployment,
  Environment,
  Instant,
  Issue,
  Job,
  MergeRequest,
  Note,
  Pipeline,
  Project,
  Release,
} from "./records.ts";
import type { World } from "./world.ts";

const nextIn = (numbers: ReadonlyMap<number, unknown>) => Math.max(0, ...numbers.keys()) + 1;

export function mergeRequest(world: World, project: Project, made: Partial<MergeRequest> = {}): MergeRequest {
  const id = made.id ?? nextIn(project.mergeRequests);
  const request: MergeRequest = {
    id,
    by: "ada",
    title: `Change something (${id})`,
    description: "",
    sourceBranch: `branch-${id}`,
    targetBranch: "main",
    commits: [],
    paths: ["README.md"],
    closes: [],
    labels: [],
    notes: [],
    approvedBy: new Map(),
    state: "opened",
    mergedAt: undefined,
    mergedBy: undefined,
    mergeSha: undefined,
    squashSha: undefined,
    createdAt: world.now,
    updatedAt: world.now,
    ...made,
  };
  project.mergeRequests.set(id, request);
  return request;
}

/** Every note is an update. */
export function note(
  world: World,
  request: MergeRequest,
  made: Omit<Note, "id" | "at"> & { at?: Instant },
): void {
  const at = made.at ?? world.now;
  request.notes.push({ ...made, id: world.next(), at });
  request.updatedAt = Math.max(request.updatedAt, at);
}

export function approve(world: World, request: MergeRequest, by: string, at: Instant = world.now): void {
  note(world, request, { by, at, isSystem: true, body: "approved this merge request" });
  request.approvedBy.set(by, at);
}

export function unapprove(world: World, request: MergeRequest, by: string): void {
  note(world, request, { by, isSystem: true, body: "unapproved this merge request" });
  request.approvedBy.delete(by);
}

/** Lands on the main line: squashed and fast-forwarded, or with a merge commit. */
export function merge(world: World, project: Project, request: MergeRequest, isSquashed: boolean): Commit {
  const { id, title, commits, sourceBranch } = request;
  const parents = project.main === undefined ? [] : [project.main];
  const branch = commits.at(-1);
  const commit = isSquashed
    ? world.commit(project, { message: title, parents })
    : world.commit(project, {
        message: `Merge branch '${sourceBranch}' into 'main'\n\n${title}\n\nSee merge request ${project.path}!${id}`,
        parents: [...parents, ...(branch ? [branch.sha] : [])],
      });
  project.main = commit.sha;
  landed(request, { by: "grace", at: world.now, sha: commit.sha, isSquashed });
  return commit;
}

export function landed(
  request: MergeRequest,
  { by, at, sha, isSquashed }: { by: string; at: Instant; sha: string; isSquashed: boolean },
): void {
  Object.assign(request, {
    state: "merged",
    mergedAt: at,
    mergedBy: by,
    updatedAt: Math.max(request.updatedAt, at),
    ...(isSquashed ? { squashSha: sha } : { mergeSha: sha }),
  });
}

export function pipeline(
  world: World,
  project: Project,
  made: Partial<Pipeline> & Pick<Pipeline, "sha">,
): Pipeline {
  const id = world.next();
  const one: Pipeline = {
    id,
    ref: "main",
    isTag: false,
    source: "push",
    name: null,
    by: "ada",
    jobs: [],
    status: "running",
    startedAt: world.now,
    finishedAt: undefined,
    createdAt: world.now,
    updatedAt: world.now,
    ...made,
  };
  project.pipelines.set(id, one);
  return one;
}

export function job(world: World, of: Pipeline, made: Partial<Job> & Pick<Job, "name">): Job {
  const one: Job = {
    id: world.next(),
    stage: "deploy",
    status: "running",
    createdAt: world.now,
    queuedAt: world.now,
    startedAt: world.now,
    finishedAt: undefined,
    isRetried: false,
    ...made,
  };
  for (const earlier of of.jobs) if (earlier.name === one.name) earlier.isRetried = true;
  of.jobs.push(one);
  of.updatedAt = world.now;
  return one;
}

export function deploy(
  world: World,
  project: Project,
  environment: Environment,
  made: Partial<Deployment> & Pick<Deployment, "sha">,
): Deployment {
  const id = world.next();
  const one: Deployment = {
    id,
    environment,
    ref: "main",
    isTag: false,
    by: "ada",
    job: undefined,
    pipeline: undefined,
    approvals: [],
    status: "running",
    createdAt: world.now,
    updatedAt: world.now,
    ...made,
  };
  project.deployments.set(id, one);
  return one;
}

export function finish(
  world: World,
  deployment: Deployment,
  status: Deployment["status"],
  at: Instant = world.now,
): void {
  const { job: of, pipeline: run } = deployment;
  deployment.status = status;
  deployment.updatedAt = at;
  if (of) Object.assign(of, { status, finishedAt: at });
  if (run) Object.assign(run, { status, finishedAt: at, updatedAt: at });
}

export function issue(world: World, project: Project, made: Partial<Issue> = {}): Issue {
  const id = made.id ?? nextIn(project.issues);
  const one: Issue = {
    id,
    by: "ada",
    type: "issue",
    title: `Something (${id})`,
    description: "",
    severity: "UNKNOWN",
    labels: [],
    stateEvents: [],
    labelEvents: [],
    state: "opened",
    closedAt: undefined,
    createdAt: world.now,
    updatedAt: world.now,
    ...made,
  };
  project.issues.set(id, one);
  return one;
}

/** When it was closed stays, also where it is opened again. */
export function setState(world: World, one: Issue, state: "closed" | "reopened"): void {
  one.stateEvents.push({ id: world.next(), at: world.now, state });
  one.state = state === "closed" ? "closed" : "opened";
  one.updatedAt = world.now;
  if (state === "closed") one.closedAt = world.now;
}

export function label(world: World, one: Issue, name: string): void {
  one.labelEvents.push({ id: world.next(), at: world.now, action: "add", label: name });
  one.labels = [...new Set([...one.labels, name])];
  one.updatedAt = world.now;
}

export function release(
  world: World,
  project: Project,
  made: Pick<Release, "tag" | "sha"> & Partial<Release>,
): Release {
  const one: Release = {
    title: made.tag,
    description: "",
    by: "ada",
    createdAt: world.now,
    releasedAt: world.now,
    links: [],
    ...made,
  };
  project.releases.set(one.tag, one);
  return one;
}
