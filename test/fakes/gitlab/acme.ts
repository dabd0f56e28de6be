import { SEED } from "../../../examples/acme/generate.ts";
import { AS_OF, type Instant as Seconds, START } from "../../../examples/acme/generator/clock.ts";
import { mergedOf, picksOf } from "../../../examples/acme/generator/commits.ts";
import type {
  World as Acme,
  Change,
  Deployment as Attempted,
  Head,
  Run,
} from "../../../examples/acme/generator/records.ts";
import {
  type Repository as Line,
  repositories,
  type Service,
} from "../../../examples/acme/generator/services.ts";
import { imagine } from "../../../examples/acme/generator/world.ts";
import {
  approve,
  deploy,
  finish,
  job,
  landed,
  mergeRequest,
  note,
  pipeline,
  release,
} from "./world/happen.ts";
import type { Approval, Commit, MergeRequest, Pipeline, Project } from "./world/records.ts";
import { World } from "./world/world.ts";

const instant = (seconds: Seconds) => seconds * 1000;
const YEAR: Seconds = 365 * 86_400;

/** Acme Bank as GitLab would show it at the end of its two years. What GitLab does not hold (change requests) is in files. */
export function acmeWorld({
  seed = SEED,
  scale = 1,
}: { readonly seed?: number; readonly scale?: number } = {}): World {
  const { world: acme } = imagine(seed, scale);
  const world = new World(new Date(instant(START - YEAR)).toISOString());
  const projects = new Map(repositories.map((line) => [line, world.project(line.name)]));
  for (const [line, project] of projects) addChanges(world, acme, line, project);
  const projectOf = (head: Head) =>
    projects.get(head.change.repository) ?? world.project(head.change.repository.name);
  for (const pick of picksOf(acme)) {
    const { sha, onto, of, committedAt } = pick;
    if (committedAt >= AS_OF) continue;
    world.commit(projectOf({ change: of, pick: undefined }), {
      sha,
      message: `${of.title}\n\n(cherry picked from commit ${of.sha})`,
      parents: [shaOf(onto)],
      author: of.author,
      authoredAt: instant(of.mergedAt),
      committedAt: instant(committedAt),
    });
  }
  addDeliveries(world, acme, projectOf);
  world.now = instant(AS_OF);
  return world;
}

const shaOf = ({ pick, change }: Head) => pick?.sha ?? change.sha;

function addChanges(world: World, acme: Acme, line: Line, project: Project): void {
  const merged = mergedOf(acme, line, AS_OF);
  const positions = new Map(merged.map((change, index) => [change, index]));
  const changes = acme.changes.filter(({ repository, openedAt }) => repository === line && openedAt < AS_OF);
  // As they landed; what did not land comes last.
  for (const change of [...merged, ...changes.filter((one) => !positions.has(one))]) {
    const position = positions.get(change);
    const commits = branchOf(world, project, change, forkedFrom(merged, change, position));
    if (position !== undefined) land(world, project, change, commits.at(-1));
    if (line.hasReviewTool) addMergeRequest(world, project, change, commits, position !== undefined);
  }
}

/** The commit of the main line off which the branch was made: as in the repositories that git reads. */
function forkedFrom(merged: readonly Change[], change: Change, position: number | undefined): string[] {
  const before = merged.slice(0, position);
  const base = before.findLast(({ mergedAt }) => mergedAt <= change.firstCommitAt) ?? before[0];
  return base ? [base.sha] : [];
}

/** Where branches are squashed, Acme knows only how many commits there were: nothing on the main line leads to them. */
function branchOf(world: World, project: Project, change: Change, forked: readonly string[]): Commit[] {
  const { commits, commitCount, title, firstCommitAt, openedAt, author } = change;
  const planned =
    commits.length > 0
      ? commits.map(({ sha, subject, authoredAt }) => ({ sha, subject, at: authoredAt }))
      : Array.from({ length: commitCount }, (_, index) => ({
          sha: undefined,
          subject: index === 0 ? title : `${title}, continued`,
          at: Math.round(firstCommitAt + ((openedAt - firstCommitAt) * index) / commitCount),
        }));
  let parents = forked;
  return planned.map(({ sha, subject, at }) => {
    const times = { authoredAt: instant(at), committedAt: instant(at) };
    const made = world.commit(project, {
      ...(sha !== undefined && { sha }),
      message: subject,
      parents,
      author,
      ...times,
    });
    parents = [made.sha];
    return made;
  });
}

function land(world: World, project: Project, change: Change, branch: Commit | undefined): void {
  const { repository, sha, title, branch: name, number, mergedAt, author, mergedBy } = change;
  const isMerge = repository.merge === "merge" && project.main !== undefined;
  const body = descriptionOf(change);
  const message = isMerge
    ? [
        `Merge branch '${name}' into 'main'`,
        title,
        body,
        ...(repository.hasReviewTool ? [`See merge request ${project.path}!${number}`] : []),
      ]
    : [title, body];
  world.commit(project, {
    sha,
    message: message.filter((part) => part !== "").join("\n\n"),
    parents: [
      ...(project.main === undefined ? [] : [project.main]),
      ...(isMerge && branch ? [branch.sha] : []),
    ],
    author: isMerge ? mergedBy : author,
    authoredAt: instant(mergedAt),
    committedAt: instant(mergedAt),
  });
  project.main = sha;
}

/** What it takes back, and what it is for: in the words that GitLab and people use. */
const descriptionOf = ({ reverts, ticket, fixes }: Change): string =>
  [
    ...reverts.map(({ number }) => `This reverts merge request !${number}`),
    ...(ticket ? [`Closes ${ticket.id}`] : []),
    ...fixes.map(({ id }) => `Fixes ${id}`),
  ].join("\n\n");

function addMergeRequest(
  world: World,
  project: Project,
  change: Change,
  commits: readonly Commit[],
  isMerged: boolean,
): void {
  const made = mergeRequest(world, project, {
    id: change.number,
    by: change.author.login,
    title: change.title,
    description: descriptionOf(change),
    sourceBranch: change.branch,
    labels: change.labels,
    paths: change.paths,
    commits,
    createdAt: instant(change.openedAt),
    updatedAt: instant(change.openedAt),
  });
  for (const one of change.reviews) if (one.submittedAt < AS_OF) addReview(world, made, one);
  if (!isMerged) return;
  const isSquashed = change.repository.merge === "squash";
  landed(made, { by: change.mergedBy.login, at: instant(change.mergedAt), sha: change.sha, isSquashed });
}

function addReview(
  world: World,
  made: MergeRequest,
  { reviewer, state, submittedAt }: Change["reviews"][number],
): void {
  const at = instant(submittedAt);
  if (state === "approved") approve(world, made, reviewer.login, at);
  else if (state === "commented")
    note(world, made, { by: reviewer.login, at, isSystem: false, body: "What about this?" });
  else note(world, made, { by: reviewer.login, at, isSystem: true, body: "requested changes" });
}

function addDeliveries(world: World, acme: Acme, projectOf: (head: Head) => Project): void {
  const runs = new Map<Run, Pipeline>();
  for (const one of acme.deployments.toSorted((a, b) => a.startedAt - b.startedAt))
    if (one.startedAt < AS_OF && one.status !== "skipped")
      addDeployment(world, one, projectOf(one.head), runs);
  for (const { service, version, head, title, publishedAt } of acme.releases) {
    if (publishedAt >= AS_OF) continue;
    const tag = `${service.name}-${version}`;
    const times = { createdAt: instant(publishedAt), releasedAt: instant(publishedAt) };
    release(world, projectOf(head), { tag, sha: shaOf(head), title, ...times, links: [`${tag}.tar.gz`] });
  }
}

/** Services that share a project have environments of their own. */
const environmentOf = ({ folder, name }: Service, copy: string) =>
  folder === undefined ? copy : `${name}/${copy}`;

const OUTCOMES = { success: "success", failure: "failed", cancelled: "canceled" } as const;

/** Seconds for which the attempt waited for a runner: as the pipeline's own log has it. */
const queueOf = ({ attempt }: Attempted) => 30 + (attempt - 1) * 20;

/** Each attempt is a job of the same pipeline, and a deployment of its own. */
function addDeployment(world: World, one: Attempted, project: Project, runs: Map<Run, Pipeline>): void {
  const { service, head, version, branch, deployer, startedAt, finishedAt, status } = one;
  world.now = instant(startedAt - queueOf(one));
  const about = {
    sha: shaOf(head),
    ref: version === undefined ? branch : `${service.name}-${version}`,
    isTag: version !== undefined,
    by: deployer.login,
  };
  const run = runs.get(one.run) ?? pipeline(world, project, { ...about, name: `deploy-${service.name}` });
  runs.set(one.run, run);
  const made = job(world, run, { name: `deploy ${one.environment}`, startedAt: instant(startedAt) });
  const environment = world.environment(project, environmentOf(service, one.environment));
  const deployment = deploy(world, project, environment, {
    ...about,
    job: made,
    pipeline: run,
    approvals: approvalsOf(one),
  });
  if (finishedAt < AS_OF && status !== "skipped")
    finish(world, deployment, OUTCOMES[status], instant(finishedAt));
}

/** The first copy of one service in production asks for approval: those who approve the change request approve here too. */
function approvalsOf({ service, environment, attempt, changeRequest, startedAt }: Attempted): Approval[] {
  if (service.name !== "payments" || environment !== service.copies[0] || attempt !== 1) return [];
  return (changeRequest?.approvals ?? []).map(({ approver, decision, justification }) => ({
    by: approver.login,
    status: decision,
    at: instant(startedAt - 60),
    comment: justification,
  }));
}
