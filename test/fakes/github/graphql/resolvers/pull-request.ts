import type * as schema from "@octokit/graphql-schema";
import type { GraphQLResolveInfo } from "graphql";
import { connect, inOrder, type PageArguments } from "../connection.ts";
import { pascalCase } from "../order.ts";
import type { Commit, Instant, Issue, PullRequest, Review, TimelineEvent } from "../../world/records.ts";
import { fullNameOf, instant } from "../../world/world.ts";
import { constant, type Context, type Fields, HTML } from "./fields.ts";
import { branchOf } from "./repository.ts";
import { need } from "./need.ts";

const pullUrl = ({ repository, number }: PullRequest) => `${HTML}/${fullNameOf(repository)}/pull/${number}`;
const issueUrl = ({ repository, number }: Issue) => `${HTML}/${fullNameOf(repository)}/issues/${number}`;

/** What issues and pull requests have in common. */
const common = {
  bodyText: ({ body }: Issue | PullRequest) => body,
  locked: constant(false),
  authorAssociation: constant("MEMBER"),
  closed: ({ state }: Issue | PullRequest) => state !== "OPEN",
  fullDatabaseId: ({ databaseId }: Issue | PullRequest) => String(databaseId),
  publishedAt: ({ createdAt }: Issue | PullRequest) => createdAt,
  lastEditedAt: constant(null),
  milestone: constant(null),
  labels: ({ labels }: Issue | PullRequest, args: PageArguments, _: Context, info: GraphQLResolveInfo) =>
    connect(inOrder(labels), args, info),
  timelineItems: listTimeline,
};

interface TimelineArguments extends PageArguments {
  readonly itemTypes?: readonly string[] | null;
  readonly since?: Instant | null;
  readonly skip?: number | null;
}

function listTimeline(
  subject: Issue | PullRequest,
  args: TimelineArguments,
  _: Context,
  info: GraphQLResolveInfo,
) {
  const types = args.itemTypes?.map(pascalCase);
  const since = args.since == null ? "" : instant(args.since);
  const items = eventsOf(subject, types).filter(({ createdAt }) => createdAt >= since);
  const connection = connect(inOrder(items.slice(args.skip ?? 0)), args, info);
  return {
    ...connection,
    totalCount: eventsOf(subject, undefined).length,
    filteredCount: items.length,
    pageCount: connection.nodes.length,
    updatedAt: subject.updatedAt,
  };
}

/** Reviews are part of a pull request's timeline, in the order of time. */
function eventsOf(
  subject: Issue | PullRequest,
  types: readonly string[] | undefined,
): readonly (TimelineEvent | Review)[] {
  const reviews = subject.__typename === "PullRequest" ? subject.reviews : [];
  return [...subject.timeline, ...reviews]
    .filter(({ __typename }) => !types || types.includes(__typename))
    .sort((one, other) => (one.createdAt < other.createdAt ? -1 : one.createdAt > other.createdAt ? 1 : 0));
}

export const issueFields: Fields<schema.Issue> = {
  ...common,
  url: issueUrl,
  assignees: ({ assignees }: Issue, args: PageArguments, _: Context, info: GraphQLResolveInfo) =>
    connect(inOrder(assignees), args, info),
  closedByPullRequestsReferences: (issue: Issue, args: PageArguments, _: Context, info: GraphQLResolveInfo) =>
    connect(
      inOrder(issue.repository.pullRequests.filter(({ closes }) => closes.includes(issue))),
      args,
      info,
    ),
};

const sum = (pull: PullRequest, what: "additions" | "deletions") =>
  pull.files.reduce((total, file) => total + file[what], 0);

export const pullRequestFields: Fields<schema.PullRequest> = {
  ...common,
  url: pullUrl,
  permalink: pullUrl,
  merged: ({ state }: PullRequest) => state === "MERGED",
  additions: (pull: PullRequest) => sum(pull, "additions"),
  deletions: (pull: PullRequest) => sum(pull, "deletions"),
  changedFiles: ({ files }: PullRequest) => files.length,
  isCrossRepository: ({ headRepository, repository }: PullRequest) => headRepository !== repository,
  isInMergeQueue: constant(false),
  baseRepository: ({ repository }: PullRequest) => repository,
  baseRef: ({ repository, baseRefName }: PullRequest) => branchOf(repository, baseRefName) ?? null,
  headRef: ({ headRepository, headRefName }: PullRequest) =>
    (headRepository && branchOf(headRepository, headRefName)) ?? null,
  headRefOid: ({ commits, baseRefOid }: PullRequest) => commits.at(-1)?.oid ?? baseRefOid,
  headRepositoryOwner: ({ headRepository }: PullRequest) => headRepository?.owner ?? null,
  reviewDecision: ({ reviews }: PullRequest) => {
    const last = reviews.findLast(({ state }) => state === "APPROVED" || state === "CHANGES_REQUESTED");
    return last?.state ?? "REVIEW_REQUIRED";
  },
  assignees: (_: PullRequest, args: PageArguments, _context: Context, info: GraphQLResolveInfo) =>
    connect(inOrder([]), args, info),
  /** All of them: the limit of 250 is REST's. */
  commits: (pull: PullRequest, args: PageArguments, _: Context, info: GraphQLResolveInfo) =>
    connect(inOrder(pull.commits.map((commit) => pullRequestCommit(pull, commit))), args, info),
  files: ({ files }: PullRequest, args: PageArguments, _: Context, info: GraphQLResolveInfo) =>
    connect(inOrder(files), args, info),
  reviews: (
    { reviews }: PullRequest,
    args: PageArguments & {
      readonly states?: readonly Review["state"][] | null;
      readonly author?: string | null;
    },
    _: Context,
    info: GraphQLResolveInfo,
  ) => {
    const wanted = reviews.filter(
      ({ state, author }) =>
        (!args.states || args.states.includes(state)) &&
        (args.author == null || author?.login === args.author),
    );
    return connect(inOrder(wanted), args, info);
  },
  closingIssuesReferences: (
    { closes }: PullRequest,
    args: PageArguments,
    context: Context,
    info: GraphQLResolveInfo,
  ) => {
    need(context, "issues");
    return connect(inOrder(closes), args, info);
  },
};

const pullRequestCommit = (pull: PullRequest, commit: Commit) => ({
  __typename: "PullRequestCommit",
  id: `PURC_${commit.id}_${pull.id}`,
  commit,
  pullRequest: pull,
  url: `${pullUrl(pull)}/commits/${commit.oid}`,
});

export const reviewFields: Fields<schema.PullRequestReview> = {
  authorAssociation: constant("MEMBER"),
  bodyText: ({ body }: Review) => body,
  fullDatabaseId: ({ databaseId }: Review) => String(databaseId),
  publishedAt: ({ submittedAt }: Review) => submittedAt,
  lastEditedAt: constant(null),
  repository: ({ pullRequest }: Review) => pullRequest.repository,
  url: ({ pullRequest, databaseId }: Review) => `${pullUrl(pullRequest)}#pullrequestreview-${databaseId}`,
};

const subjectOf = ({ subject }: TimelineEvent) => subject;
const urlOf = ({ subject, databaseId }: TimelineEvent) =>
  `${subject.__typename === "PullRequest" ? pullUrl(subject) : issueUrl(subject)}#event-${databaseId}`;

/** The types of events differ only in how they call what they happened to. */
export const eventFields = {
  HeadRefForcePushedEvent: {
    pullRequest: subjectOf,
    ref: ({ subject }: TimelineEvent) =>
      (subject.__typename === "PullRequest" && branchOf(subject.repository, subject.headRefName)) || null,
  } satisfies Fields<schema.HeadRefForcePushedEvent>,
  ReadyForReviewEvent: { pullRequest: subjectOf, url: urlOf } satisfies Fields<schema.ReadyForReviewEvent>,
  ConvertToDraftEvent: { pullRequest: subjectOf, url: urlOf } satisfies Fields<schema.ConvertToDraftEvent>,
  MergedEvent: { pullRequest: subjectOf, url: urlOf } satisfies Fields<schema.MergedEvent>,
  ReviewDismissedEvent: {
    pullRequest: subjectOf,
    url: urlOf,
    previousReviewState: constant("APPROVED"),
    dismissalMessage: constant(null),
  } satisfies Fields<schema.ReviewDismissedEvent>,
  LabeledEvent: { labelable: subjectOf } satisfies Fields<schema.LabeledEvent>,
  UnlabeledEvent: { labelable: subjectOf } satisfies Fields<schema.UnlabeledEvent>,
  ClosedEvent: {
    closable: subjectOf,
    url: urlOf,
    closer: ({ closer }: TimelineEvent) => closer ?? null,
    stateReason: ({ stateReason }: TimelineEvent) => stateReason ?? null,
  } satisfies Fields<schema.ClosedEvent>,
  ReopenedEvent: {
    closable: subjectOf,
    stateReason: ({ stateReason }: TimelineEvent) => stateReason ?? null,
  } satisfies Fields<schema.ReopenedEvent>,
};
