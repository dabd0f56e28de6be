import type * as schema from "@octokit/graphql-schema";
import type { GraphQLResolveInfo } from "graphql";
import { connect, inOrder, type PageArguments } from "../connection.ts";
import { type Order, sortBy, sorted } from "../order.ts";
import { parentsOf } from "../../world/commits.ts";
import type { CheckRun, CheckSuite, Commit, Instant, Ref, Tag } from "../../world/records.ts";
import { fullNameOf, instant } from "../../world/world.ts";
import { type Context, type Fields, HTML } from "./fields.ts";
import { branchOf } from "./repository.ts";
import { byField } from "./lists.ts";
import { need } from "./need.ts";

const url = ({ repository, oid }: Commit | Tag) => `${HTML}/${fullNameOf(repository)}/commit/${oid}`;
const headline = (message: string) => message.split("\n")[0] ?? "";

export const commitFields: Fields<schema.Commit> = {
  abbreviatedOid: ({ oid }: Commit) => oid.slice(0, 7),
  url,
  commitUrl: url,
  messageHeadline: ({ message }: Commit) => headline(message),
  messageBody: ({ message }: Commit) => message.split("\n").slice(1).join("\n").trim(),
  additions: ({ files }: Commit) => files.reduce((sum, { additions }) => sum + additions, 0),
  deletions: ({ files }: Commit) => files.reduce((sum, { deletions }) => sum + deletions, 0),
  changedFiles: ({ files }: Commit) => files.length,
  changedFilesIfAvailable: ({ files }: Commit) => files.length,
  authoredByCommitter: ({ author, committer }: Commit) => author.email === committer.email,
  committedViaWeb: ({ committer }: Commit) => committer.name === "GitHub",
  authors: ({ author }: Commit, args: PageArguments, _: Context, info: GraphQLResolveInfo) =>
    connect(inOrder([author]), args, info),
  parents: (commit: Commit, args: PageArguments, _: Context, info: GraphQLResolveInfo) =>
    connect(inOrder(parentsOf(commit)), args, info),
  associatedPullRequests: (
    { repository, oid }: Commit,
    args: PageArguments & { readonly orderBy: Order },
    context: Context,
    info: GraphQLResolveInfo,
  ) => {
    need(context, "pull_requests");
    const pulls = repository.pullRequestsOf.get(oid) ?? [];
    return connect(sorted(context.world, pulls, args.orderBy, byField(args.orderBy)), args, info);
  },
  history: (commit: Commit, args: PageArguments & HistoryArguments, _: Context, info: GraphQLResolveInfo) =>
    connect(inOrder(wantedOf(historyOf(commit), args)), args, info),
  checkSuites: (commit: Commit, args: PageArguments, context: Context, info: GraphQLResolveInfo) => {
    need(context, "checks");
    const suites = commit.repository.checkSuites.filter((suite) => suite.commit === commit);
    return connect(inOrder(suites), args, info);
  },
  statusCheckRollup: (commit: Commit, _: unknown, context: Context) => {
    need(context, "checks");
    const rollup = rollupOf(commit);
    return rollup.runs.length > 0 ? rollup : null;
  },
};

interface HistoryArguments {
  readonly since?: Instant | null;
  readonly until?: Instant | null;
  readonly path?: string | null;
}

function wantedOf(commits: readonly Commit[], { since, until, path }: HistoryArguments): readonly Commit[] {
  if (since == null && until == null && path == null) return commits;
  const from = since == null ? "" : instant(since);
  const to = until == null ? "~" : instant(until);
  return commits.filter(
    ({ committedDate, files }) =>
      committedDate >= from &&
      committedDate <= to &&
      (path == null || files.some((file) => file.path === path || file.path.startsWith(`${path}/`))),
  );
}

/** A commit's history never changes. */
const histories = new WeakMap<Commit, readonly Commit[]>();

/** Everything reachable, newest first, as `git log` lists it. */
export function historyOf(tip: Commit): readonly Commit[] {
  const known = histories.get(tip);
  if (known) return known;
  const seen = new Set([tip]);
  for (const commit of seen) for (const parent of parentsOf(commit)) seen.add(parent);
  const { items } = sortBy([...seen], true, (commit) => [commit.committedDate, commit.databaseId]);
  histories.set(tip, items);
  return items;
}

export const refFields: Fields<schema.Ref> = {
  associatedPullRequests: (
    { repository, name }: Ref,
    args: PageArguments,
    context: Context,
    info: GraphQLResolveInfo,
  ) => {
    need(context, "pull_requests");
    return connect(inOrder(repository.pullRequests.filter((pull) => pull.headRefName === name)), args, info);
  },
  branchProtectionRule: ({ repository, name }: Ref, _: unknown, context: Context) => {
    need(context, "administration");
    return repository.branchProtectionRules.find(({ pattern }) => pattern === name) ?? null;
  },
};

export const tagFields: Fields<schema.Tag> = {
  abbreviatedOid: ({ oid }: Tag) => oid.slice(0, 7),
  commitUrl: ({ target }: Tag) => url(target),
};

/** Made when it is asked for: the latest of each check of a commit. */
export function rollupOf(commit: Commit) {
  const { id, repository } = commit;
  const runs = repository.checkSuites.flatMap((suite) => (suite.commit === commit ? suite.runs : []));
  return { __typename: "StatusCheckRollup", id: ROLLUP + id, databaseId: 0, commit, repository, runs };
}

export const ROLLUP = "SCR_";

type Rollup = ReturnType<typeof rollupOf>;

export const rollupFields: Fields<schema.StatusCheckRollup> = {
  state: ({ runs }: Rollup) =>
    runs.some(({ status }) => status !== "COMPLETED")
      ? "PENDING"
      : runs.some(({ conclusion }) => conclusion === "FAILURE") ? "FAILURE" : "SUCCESS",
  contexts: ({ runs }: Rollup, args: PageArguments, _: Context, info: GraphQLResolveInfo) => connect(inOrder(runs), args, info),
};

export const checkSuiteFields: Fields<schema.CheckSuite> = {
  app: ({ app }: CheckSuite) => ({ __typename: "App", id: `A_${app}`, name: app, slug: app }),
  branch: ({ repository }: CheckSuite) => branchOf(repository, repository.defaultBranch) ?? null,
  status: () => "COMPLETED",
  conclusion: ({ runs }: CheckSuite) =>
    runs.find(({ conclusion }) => conclusion !== "SUCCESS")?.conclusion ?? "SUCCESS",
  url: ({ commit }: CheckSuite) => `${url(commit)}/checks`,
  workflowRun: ({ repository, commit }: CheckSuite) =>
    repository.runs.find(({ headSha }) => headSha === commit.oid) ?? null,
  checkRuns: ({ runs }: CheckSuite, args: PageArguments, _: Context, info: GraphQLResolveInfo) =>
    connect(inOrder(runs), args, info),
};

export const checkRunFields: Fields<schema.CheckRun> = {
  checkSuite: ({ suite }: CheckRun) => suite,
  repository: ({ suite }: CheckRun) => suite.repository,
  url: ({ suite, databaseId }: CheckRun) => `${url(suite.commit)}/checks/${databaseId}`,
  permalink: ({ suite, databaseId }: CheckRun) => `${url(suite.commit)}/checks/${databaseId}`,
  detailsUrl: ({ suite, databaseId }: CheckRun) => `${url(suite.commit)}/checks/${databaseId}`,
};
