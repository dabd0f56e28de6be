import { commitOf, fileChanges, mainLine, makeCommit, setBranch } from "./commits.ts";
import type { Commit, Instant, Issue, PullRequest, Repository, Review, TimelineEvent } from "./records.ts";
import { actor, label as labelOf } from "./repositories.ts";
import type { World } from "./world.ts";

export interface NewPullRequest {
  readonly by: string;
  readonly title: string;
  readonly body?: string;
  readonly at?: Instant;
  readonly branch?: string;
  readonly base?: string;
  readonly isDraft?: boolean;
  readonly labels?: readonly string[];
  /** Commits of the branch, made before; else as many as `commitCount` says. */
  readonly commits?: readonly Commit[];
  readonly commitCount?: number;
  readonly paths?: readonly string[];
  /** Lines in all files together. */
  readonly size?: { readonly additions: number; readonly deletions: number };
  readonly number?: number;
  readonly from?: Repository;
}

export function openPullRequest(world: World, repository: Repository, about: NewPullRequest): PullRequest {
  const at = about.at ?? world.now;
  const number = about.number ?? repository.nextNumber;
  repository.nextNumber = Math.max(repository.nextNumber, number + 1);
  const base = about.base ?? repository.defaultBranch;
  const made = world.create<PullRequest>({
    __typename: "PullRequest",
    repository,
    headRepository: about.from ?? repository,
    number,
    title: about.title,
    body: about.body ?? "",
    author: actor(world, about.by),
    state: "OPEN",
    isDraft: about.isDraft ?? false,
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
    baseRefName: base,
    baseRefOid: commitOf(repository.refs.get(`refs/heads/${base}`))?.oid ?? "0".repeat(40),
    headRefName: about.branch ?? `topic-${number}`,
    commits: [],
    files: fileChanges(about.paths ?? ["src/main.ts"], about.size),
    labels: (about.labels ?? []).map((name) => labelOf(world, repository, name)),
    reviews: [],
    closes: [],
    timeline: [],
  });
  repository.pullRequests.push(made);
  addCommits(world, made, about.commits ?? ownCommits(world, made, about.commitCount ?? 1, about.by, at), at);
  return made;
}

function ownCommits(world: World, pull: PullRequest, count: number, by: string, at: Instant): Commit[] {
  const made: Commit[] = [];
  let parent = pull.commits.at(-1) ?? mainLine(pull.repository);
  for (let index = 0; index < count; index++) {
    parent = makeCommit(world, pull.repository, {
      by,
      at,
      message: `${pull.title}, part ${pull.commits.length + index + 1}`,
      parents: parent ? [parent] : [],
    });
    made.push(parent);
  }
  return made;
}

/** Pushes to the branch of a pull request. */
export function addCommits(
  world: World,
  pull: PullRequest,
  commits: readonly Commit[] | number,
  at: Instant = world.now,
): void {
  const by = pull.author?.login ?? "ghost";
  const added = typeof commits === "number" ? ownCommits(world, pull, commits, by, at) : commits;
  pull.commits.push(...added);
  for (const { oid } of added) noteCommit(pull, oid);
  const tip = added.at(-1);
  if (tip && pull.state === "OPEN" && pull.headRepository === pull.repository)
    setBranch(world, pull.repository, pull.headRefName, tip);
  touchPull(world, pull, at);
}

function noteCommit(pull: PullRequest, oid: string): void {
  const of = pull.repository.pullRequestsOf;
  const known = of.get(oid) ?? [];
  if (!known.includes(pull)) of.set(oid, [...known, pull]);
}

/** Replaces what the branch holds, and leaves the event that tells of it. */
export function forcePush(world: World, pull: PullRequest, commitCount = 1, at: Instant = world.now): void {
  const before = pull.commits.at(-1);
  pull.commits = [];
  addCommits(world, pull, commitCount, at);
  const after = pull.commits.at(-1);
  record(world, pull, "HeadRefForcePushedEvent", pull.author?.login, at, {
    ...(before ? { beforeCommit: before } : {}),
    ...(after ? { afterCommit: after } : {}),
  });
}

export function review(
  world: World,
  pull: PullRequest,
  about: {
    readonly by: string;
    readonly state?: Review["state"];
    readonly at?: Instant;
    readonly body?: string;
    readonly commit?: Commit;
  },
): Review {
  const at = about.at ?? world.now;
  const made = world.create<Review>({
    __typename: "PullRequestReview",
    pullRequest: pull,
    author: actor(world, about.by),
    state: about.state ?? "APPROVED",
    body: about.body ?? "",
    commit: about.commit ?? pull.commits.at(-1) ?? null,
    createdAt: at,
    submittedAt: at,
    updatedAt: at,
  });
  pull.reviews.push(made);
  touchPull(world, pull, at);
  return made;
}

/** A review that no longer counts: its state changes long after it was submitted. */
export function dismiss(world: World, old: Review, by: string, at: Instant = world.now): void {
  old.state = "DISMISSED";
  old.updatedAt = at;
  record(world, old.pullRequest, "ReviewDismissedEvent", by, at, { review: old });
}

export interface Merge {
  readonly by: string;
  readonly at?: Instant;
  readonly method?: "squash" | "merge";
  /** The merge commit, where it has been made before. */
  readonly commit?: Commit;
}

export function merge(world: World, pull: PullRequest, about: Merge): Commit {
  const at = about.at ?? world.now;
  const commit = about.commit ?? mergeCommit(world, pull, about, at);
  pull.state = "MERGED";
  pull.mergedAt = at;
  pull.closedAt = at;
  pull.mergedBy = actor(world, about.by);
  pull.mergeCommit = commit;
  noteCommit(pull, commit.oid);
  record(world, pull, "MergedEvent", about.by, at, { commit, mergeRefName: pull.baseRefName });
  for (const issue of pull.closes)
    if (issue.state === "OPEN") closeIssue(world, issue, { by: about.by, at, closer: pull });
  return commit;
}

function mergeCommit(world: World, pull: PullRequest, { by, method }: Merge, at: Instant): Commit {
  const { repository, title, number, author } = pull;
  const tip = commitOf(repository.refs.get(`refs/heads/${pull.baseRefName}`));
  const head = pull.commits.at(-1);
  const isMerge = method === "merge";
  const made = makeCommit(world, repository, {
    by: isMerge ? by : (author?.login ?? by),
    at,
    message: isMerge
      ? `Merge pull request #${number} from ${repository.owner.login}/${pull.headRefName}\n\n${title}`
      : `${title} (#${number})`,
    parents: [...(tip ? [tip] : []), ...(isMerge && head ? [head] : [])],
    paths: pull.files.map(({ path }) => path),
  });
  setBranch(world, repository, pull.baseRefName, made);
  return made;
}

export function close(world: World, pull: PullRequest, by: string, at: Instant = world.now): void {
  pull.state = "CLOSED";
  pull.closedAt = at;
  record(world, pull, "ClosedEvent", by, at);
}

export function reopen(world: World, pull: PullRequest, by: string, at: Instant = world.now): void {
  pull.state = "OPEN";
  pull.closedAt = null;
  record(world, pull, "ReopenedEvent", by, at);
}

export function readyForReview(world: World, pull: PullRequest, by: string, at: Instant = world.now): void {
  pull.isDraft = false;
  record(world, pull, "ReadyForReviewEvent", by, at);
}

export function convertToDraft(world: World, pull: PullRequest, by: string, at: Instant = world.now): void {
  pull.isDraft = true;
  record(world, pull, "ConvertToDraftEvent", by, at);
}

export function edit(
  world: World,
  subject: PullRequest | Issue,
  change: { readonly title?: string; readonly body?: string },
  at: Instant = world.now,
): void {
  Object.assign(subject, change);
  touchPull(world, subject, at);
}

export function addLabel(
  world: World,
  subject: PullRequest | Issue,
  name: string,
  by: string,
  at: Instant = world.now,
): void {
  const label = labelOf(world, subject.repository, name);
  if (!subject.labels.includes(label)) subject.labels.push(label);
  record(world, subject, "LabeledEvent", by, at, { label });
}

export function removeLabel(
  world: World,
  subject: PullRequest | Issue,
  name: string,
  by: string,
  at: Instant = world.now,
): void {
  const index = subject.labels.findIndex((one) => one.name === name);
  const [label] = index < 0 ? [] : subject.labels.splice(index, 1);
  if (label) record(world, subject, "UnlabeledEvent", by, at, { label });
}

export interface NewIssue {
  readonly by: string;
  readonly title: string;
  readonly body?: string;
  readonly at?: Instant;
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
}

export function openIssue(world: World, repository: Repository, about: NewIssue): Issue {
  const at = about.at ?? world.now;
  const made = world.create<Issue>({
    __typename: "Issue",
    repository,
    number: repository.nextNumber++,
    title: about.title,
    body: about.body ?? "",
    author: actor(world, about.by),
    assignees: (about.assignees ?? []).map((login) => actor(world, login)),
    state: "OPEN",
    stateReason: null,
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    labels: [],
    timeline: [],
  });
  repository.issues.push(made);
  for (const name of about.labels ?? []) addLabel(world, made, name, about.by, at);
  return made;
}

export function closeIssue(
  world: World,
  issue: Issue,
  {
    by,
    at = world.now,
    reason = "COMPLETED",
    closer,
  }: {
    readonly by: string;
    readonly at?: Instant;
    readonly reason?: "COMPLETED" | "NOT_PLANNED";
    readonly closer?: PullRequest;
  },
): void {
  issue.state = "CLOSED";
  issue.stateReason = reason;
  issue.closedAt = at;
  record(world, issue, "ClosedEvent", by, at, { stateReason: reason, ...(closer ? { closer } : {}) });
}

export function reopenIssue(world: World, issue: Issue, by: string, at: Instant = world.now): void {
  issue.state = "OPEN";
  issue.stateReason = "REOPENED";
  issue.closedAt = null;
  record(world, issue, "ReopenedEvent", by, at, { stateReason: "REOPENED" });
}

export function deleteIssue(world: World, issue: Issue): void {
  issue.repository.issues.splice(issue.repository.issues.indexOf(issue), 1);
  for (const pull of issue.repository.pullRequests) {
    const index = pull.closes.indexOf(issue);
    if (index >= 0) pull.closes.splice(index, 1);
  }
  world.forget(issue);
}

function record(
  world: World,
  subject: PullRequest | Issue,
  type: string,
  by: string | undefined,
  at: Instant,
  detail: Partial<TimelineEvent> = {},
): void {
  subject.timeline.push(
    world.create<TimelineEvent>({
      __typename: type,
      subject,
      actor: by === undefined ? null : actor(world, by),
      createdAt: at,
      ...detail,
    }),
  );
  touchPull(world, subject, at);
}

function touchPull(world: World, subject: PullRequest | Issue, at: Instant): void {
  if (at > subject.updatedAt) subject.updatedAt = at;
  world.version++;
}
