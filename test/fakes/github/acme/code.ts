import { AS_OF, type Instant as Seconds, isoUtc } from "../../../../examples/acme/generator/clock.ts";
import { mergedOf, picksOf } from "../../../../examples/acme/generator/commits.ts";
import { messageOf } from "../../../../examples/acme/generator/git/history.ts";
import type { Change, Pick, World as Acme } from "../../../../examples/acme/generator/records.ts";
import { type Repository as Line, repositories } from "../../../../examples/acme/generator/services.ts";
import { deleteRef, makeCommit, setBranch, tag } from "../world/commits.ts";
import { merge, openPullRequest, review } from "../world/pull-requests.ts";
import type { Commit, PullRequest, Repository } from "../world/records.ts";
import type { World } from "../world/world.ts";

/** Everything that is in Git: changes, release branches, tags. */
export function planCode(world: World, acme: Acme): void {
  for (const line of repositories) planChanges(world, acme, line);
  for (const pick of picksOf(acme)) world.plan(isoUtc(pick.committedAt), () => makePick(world, pick));
  for (const { name, head, taggedAt, tagger } of acme.tags)
    world.plan(isoUtc(taggedAt), () => {
      const target = repositoryOf(world, head.change.repository);
      const commit = target.commits.get(head.change.sha);
      if (commit) tag(world, target, name, commit, { message: name, by: tagger.login });
    });
}

export function repositoryOf(world: World, { name }: Line): Repository {
  const found = world.repository(name);
  if (!found) throw new RangeError(`no repository ${name}`);
  return found;
}

function planChanges(world: World, acme: Acme, line: Line): void {
  const merged = mergedOf(acme, line, AS_OF);
  const positions = new Map(merged.map((change, index) => [change, index]));
  for (const change of acme.changes.filter(({ repository }) => repository === line)) {
    const position = positions.get(change);
    const forked = forkedFrom(merged, change, position);
    if (line.hasReviewTool) planPullRequest(world, change, forked, position !== undefined);
    else if (position !== undefined)
      world.plan(isoUtc(change.mergedAt), () => pushMerge(world, change, forked));
  }
}

/** The commit of the main line off which the branch was made: as in the repositories that git reads. */
function forkedFrom(merged: readonly Change[], change: Change, position: number | undefined): string[] {
  const before = merged.slice(0, position);
  const base = before.findLast(({ mergedAt }) => mergedAt <= change.firstCommitAt) ?? before[0];
  return base ? [base.sha] : [];
}

function planPullRequest(world: World, change: Change, forked: readonly string[], isMerged: boolean): void {
  let pull: PullRequest | undefined;
  world.plan(isoUtc(change.openedAt), () => {
    pull = open(world, change, forked);
  });
  for (const { reviewer, state, submittedAt } of change.reviews)
    world.plan(isoUtc(submittedAt), () => {
      if (pull) review(world, pull, { by: reviewer.login, state: STATES[state] });
    });
  if (isMerged)
    world.plan(isoUtc(change.mergedAt), () => {
      if (pull) finish(world, change, pull);
    });
}

const STATES = {
  approved: "APPROVED",
  changes_requested: "CHANGES_REQUESTED",
  commented: "COMMENTED",
} as const;

function open(world: World, change: Change, forked: readonly string[]): PullRequest {
  const target = repositoryOf(world, change.repository);
  return openPullRequest(world, target, {
    by: change.author.login,
    number: change.number,
    title: change.title,
    body: bodyOf(change),
    branch: change.branch,
    labels: change.labels,
    paths: change.paths,
    size: change,
    commits: branchOf(world, target, change, forked),
  });
}

/** What it takes back, and what it is for: in the words that GitHub and people use. */
function bodyOf({ reverts, ticket, fixes, repository }: Change): string {
  return [
    ...reverts.map(({ number }) => `Reverts ${repository.name}#${number}`),
    ...(ticket ? [`Closes ${ticket.id}`] : []),
    ...fixes.map(({ id }) => `Fixes ${id}`),
  ].join("\n\n");
}

/** The commits of a branch. Where branches are squashed, Acme knows only how many there were. */
function branchOf(world: World, target: Repository, change: Change, forked: readonly string[]): Commit[] {
  let parentOids = forked;
  return plannedCommits(change).map(({ sha, subject, at, paths }) => {
    const commit = makeCommit(world, target, {
      by: change.author.login,
      message: subject,
      at: isoUtc(at),
      parentOids,
      paths,
      ...(sha === "" ? {} : { oid: sha }),
    });
    parentOids = [commit.oid];
    return commit;
  });
}

interface PlannedCommit {
  readonly sha: string;
  readonly subject: string;
  readonly at: Seconds;
  readonly paths: readonly string[];
}

function plannedCommits({
  commits,
  commitCount,
  title,
  firstCommitAt,
  openedAt,
  paths,
}: Change): PlannedCommit[] {
  if (commits.length > 0) return commits.map((own) => ({ ...own, at: own.authoredAt }));
  return Array.from({ length: commitCount }, (_, index) => ({
    sha: "",
    subject: index === 0 ? title : `${title}, continued`,
    at: Math.round(firstCommitAt + ((openedAt - firstCommitAt) * index) / commitCount),
    paths: [paths[index % paths.length] ?? "README.md"],
  }));
}

function finish(world: World, change: Change, pull: PullRequest): void {
  const commit = land(world, change, pull.repository, pull.commits.at(-1));
  merge(world, pull, { by: change.mergedBy.login, commit });
  deleteRef(world, pull.repository, `refs/heads/${pull.headRefName}`);
}

/** Where no pull requests are used, a branch and its merge appear at once. */
function pushMerge(world: World, change: Change, forked: readonly string[]): void {
  const target = repositoryOf(world, change.repository);
  land(world, change, target, branchOf(world, target, change, forked).at(-1));
}

/** Puts a change on the main line. The first of a repository has nothing to be merged into. */
function land(world: World, change: Change, target: Repository, branch: Commit | undefined): Commit {
  const tip = target.refs.get("refs/heads/main")?.target.oid;
  const isMerge = change.repository.merge === "merge" && tip !== undefined;
  const commit = makeCommit(world, target, {
    by: isMerge ? change.mergedBy.login : change.author.login,
    message: messageOf(change, isMerge).trimEnd(),
    oid: change.sha,
    parentOids: [...(tip === undefined ? [] : [tip]), ...(isMerge && branch ? [branch.oid] : [])],
    paths: change.paths,
  });
  setBranch(world, target, "main", commit);
  return commit;
}

function makePick(world: World, { sha, branch, onto, of, committedAt }: Pick): void {
  const target = repositoryOf(world, of.repository);
  const commit = makeCommit(world, target, {
    by: of.author.login,
    message: `${of.title}\n\n(cherry picked from commit ${of.sha})`,
    authoredAt: isoUtc(of.mergedAt),
    at: isoUtc(committedAt),
    parentOids: [onto.pick?.sha ?? onto.change.sha],
    oid: sha,
    paths: of.paths,
  });
  setBranch(world, target, branch, commit);
}
