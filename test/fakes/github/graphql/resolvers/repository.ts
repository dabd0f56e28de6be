import type * as schema from "@octokit/graphql-schema";
import type { GraphQLResolveInfo } from "graphql";
import { FieldError, notFound } from "../errors.ts";
import { connect, inOrder, type Listing, type PageArguments } from "../connection.ts";
import { camelCase, type Order, sorted } from "../order.ts";
import type { Permission } from "../../server/access.ts";
import { commitOf } from "../../world/commits.ts";
import type {
  Deployment,
  Entity,
  Environment,
  Instant,
  Issue,
  PullRequest,
  Ref,
  Repository,
  Ruleset,
} from "../../world/records.ts";
import { fullNameOf, instant } from "../../world/world.ts";
import { constant, type Context, type Fields, HTML } from "./fields.ts";

const url = (repository: Repository) => `${HTML}/${fullNameOf(repository)}`;

export const repositoryFields: Fields<schema.Repository> = {
  nameWithOwner: fullNameOf,
  url,
  resourcePath: (repository: Repository) => `/${fullNameOf(repository)}`,
  visibility: ({ isPrivate }: Repository) => (isPrivate ? "PRIVATE" : "PUBLIC"),
  isFork: ({ parent }: Repository) => parent !== null,
  isEmpty: ({ commits }: Repository) => commits.size === 0,
  isDisabled: constant(false),
  isLocked: constant(false),
  isMirror: constant(false),
  isTemplate: constant(false),
  isInOrganization: ({ owner }: Repository) => owner.__typename === "Organization",
  hasIssuesEnabled: constant(true),
  viewerPermission: constant("READ"),
  defaultBranchRef: (repository: Repository, _: unknown, context: Context) => {
    need(context, "contents");
    return branchOf(repository, repository.defaultBranch) ?? null;
  },
  ref: ({ refs }: Repository, { qualifiedName }: { qualifiedName: string }, context: Context) => {
    need(context, "contents");
    return (
      refs.get(qualifiedName) ??
      refs.get(`refs/heads/${qualifiedName}`) ??
      refs.get(`refs/tags/${qualifiedName}`) ??
      null
    );
  },
  refs: listRefs,
  object: (
    repository: Repository,
    { oid, expression }: { oid?: string; expression?: string },
    context: Context,
  ) => {
    need(context, "contents");
    const branch = expression === "HEAD" ? repository.defaultBranch : (expression ?? "");
    return repository.commits.get(oid ?? branch) ?? commitOf(branchOf(repository, branch)) ?? null;
  },
  pullRequests: listPullRequests,
  pullRequest: ({ pullRequests }: Repository, { number }: { number: number }, context: Context) => {
    need(context, "pull_requests");
    return numbered(pullRequests, number, "a PullRequest");
  },
  issues: listIssues,
  issue: ({ issues }: Repository, { number }: { number: number }, context: Context) => {
    need(context, "issues");
    return numbered(issues, number, "an Issue");
  },
  issueOrPullRequest: ({ issues, pullRequests }: Repository, { number }: { number: number }) =>
    numbered([...issues, ...pullRequests], number, "an issue or pull request"),
  deployments: listDeployments,
  environments: (
    { environments }: Repository,
    args: PageArguments & { readonly orderBy: Order; readonly names: readonly string[] },
    context: Context,
    info: GraphQLResolveInfo,
  ) => {
    need(context, "actions");
    const named =
      args.names.length > 0 ? environments.filter(({ name }) => args.names.includes(name)) : environments;
    return connect(
      sorted(context.world, named, args.orderBy, ({ name }: Environment) => name),
      args,
      info,
    );
  },
  environment: ({ environments }: Repository, { name }: { name: string }, context: Context) => {
    need(context, "actions");
    return environments.find((one) => one.name === name) ?? null;
  },
  releases: (
    { releases }: Repository,
    args: PageArguments & { readonly orderBy?: Order | null },
    context: Context,
    info: GraphQLResolveInfo,
  ) => {
    need(context, "contents");
    const order = args.orderBy ?? { field: "CREATED_AT", direction: "DESC" };
    return connect(sorted(context.world, releases, order, byField(order)), args, info);
  },
  release: ({ releases }: Repository, { tagName }: { tagName: string }, context: Context) => {
    need(context, "contents");
    return releases.find((one) => one.tagName === tagName) ?? null;
  },
  latestRelease: ({ releases }: Repository) =>
    releases.filter(({ isDraft, isPrerelease }) => !isDraft && !isPrerelease).at(-1) ?? null,
  labels: ({ labels }: Repository, args: PageArguments, _: Context, info: GraphQLResolveInfo) =>
    connect(inOrder(labels), args, info),
  rulesets: ({ rulesets }: Repository, args: PageArguments, _: Context, info: GraphQLResolveInfo) =>
    connect(inOrder(rulesets), args, info),
  ruleset: ({ rulesets }: Repository, { databaseId }: { databaseId: number }) =>
    rulesets.find((one: Ruleset) => one.databaseId === databaseId) ?? null,
  branchProtectionRules: (
    { branchProtectionRules }: Repository,
    args: PageArguments,
    context: Context,
    info: GraphQLResolveInfo,
  ) => {
    need(context, "administration");
    return connect(inOrder(branchProtectionRules), args, info);
  },
  forks: (repository: Repository, args: PageArguments, { world }: Context, info: GraphQLResolveInfo) =>
    connect(inOrder(world.repositories.filter(({ parent }) => parent === repository)), args, info),
  forkCount: (repository: Repository, _: unknown, { world }: Context) =>
    world.repositories.filter(({ parent }) => parent === repository).length,
};

/** Refuses a field for which the token has no permission. */
export function need({ access }: Context, permission: Permission): void {
  if (!access.allows(permission)) throw new FieldError("FORBIDDEN", access.refusal, { saml_failure: false });
}

export const branchOf = ({ refs }: Repository, name: string): Ref | undefined =>
  refs.get(`refs/heads/${name}`);

function numbered<T extends { readonly number: number }>(
  items: readonly T[],
  number: number,
  what: string,
): T {
  const found = items.find((one) => one.number === number);
  if (found) return found;
  throw notFound(`Could not resolve to ${what} with the number of ${number}.`);
}

/** Sorts by any field that the schema lets one order by. */
export function byField({ field }: Order): (item: Entity) => string | number {
  const name = camelCase(field);
  return (item) => {
    const value = (item as unknown as Readonly<Record<string, unknown>>)[name];
    return typeof value === "string" || typeof value === "number" ? value : "";
  };
}

const OLDEST_FIRST: Order = { field: "CREATED_AT", direction: "ASC" };

/** Filters after sorting, so that a list without filters is sorted once. */
function filtered<T>(listing: Listing<T>, isWanted: ((item: T) => boolean) | undefined): Listing<T> {
  return isWanted ? { ...listing, items: listing.items.filter(isWanted) } : listing;
}

interface PullRequestArguments extends PageArguments {
  readonly orderBy?: Order | null;
  readonly states?: readonly PullRequest["state"][] | null;
  readonly labels?: readonly string[] | null;
  readonly baseRefName?: string | null;
  readonly headRefName?: string | null;
}

function listPullRequests(
  { pullRequests }: Repository,
  args: PullRequestArguments,
  context: Context,
  info: GraphQLResolveInfo,
) {
  need(context, "pull_requests");
  const order = args.orderBy ?? OLDEST_FIRST;
  const { states, labels, baseRefName, headRefName } = args;
  const isWanted = (pull: PullRequest) =>
    (!states || states.includes(pull.state)) &&
    (!labels || pull.labels.some(({ name }) => labels.includes(name))) &&
    (baseRefName == null || pull.baseRefName === baseRefName) &&
    (headRefName == null || pull.headRefName === headRefName);
  const hasFilter = Boolean(states ?? labels ?? baseRefName ?? headRefName);
  const listing = sorted(context.world, pullRequests, order, byField(order));
  return connect(filtered(listing, hasFilter ? isWanted : undefined), args, info);
}

interface IssueArguments extends PageArguments {
  readonly orderBy?: Order | null;
  readonly states?: readonly Issue["state"][] | null;
  readonly labels?: readonly string[] | null;
  readonly filterBy?: {
    readonly since?: Instant | null;
    readonly labels?: readonly string[] | null;
    readonly states?: readonly Issue["state"][] | null;
  } | null;
}

function listIssues(
  { issues }: Repository,
  args: IssueArguments,
  context: Context,
  info: GraphQLResolveInfo,
) {
  need(context, "issues");
  const order = args.orderBy ?? OLDEST_FIRST;
  const states = args.states ?? args.filterBy?.states;
  const labels = args.labels ?? args.filterBy?.labels;
  const since = args.filterBy?.since ? instant(args.filterBy.since) : undefined;
  const isWanted = (issue: Issue) =>
    (!states || states.includes(issue.state)) &&
    (!labels || issue.labels.some(({ name }) => labels.includes(name))) &&
    (since === undefined || issue.updatedAt >= since);
  const listing = sorted(context.world, issues, order, byField(order));
  return connect(filtered(listing, states || labels || since ? isWanted : undefined), args, info);
}

function listDeployments(
  { deployments }: Repository,
  args: PageArguments & { readonly orderBy: Order; readonly environments?: readonly string[] | null },
  context: Context,
  info: GraphQLResolveInfo,
) {
  need(context, "deployments");
  const listing = sorted(context.world, deployments, args.orderBy, byField(args.orderBy));
  const wanted = args.environments;
  return connect(
    filtered(listing, wanted ? ({ environment }: Deployment) => wanted.includes(environment) : undefined),
    args,
    info,
  );
}

interface RefArguments extends PageArguments {
  readonly refPrefix: string;
  readonly query?: string | null;
  readonly orderBy?: Order | null;
  readonly direction?: Order["direction"] | null;
}

function listRefs({ refs }: Repository, args: RefArguments, context: Context, info: GraphQLResolveInfo) {
  need(context, "contents");
  const wanted = [...refs.values()].filter(
    (ref) => (ref.prefix + ref.name).startsWith(args.refPrefix) && ref.name.includes(args.query ?? ""),
  );
  const order = args.orderBy ?? { field: "ALPHABETICAL", direction: args.direction ?? "ASC" };
  return connect(
    sorted(context.world, wanted, order, order.field === "ALPHABETICAL" ? nameOf : dateOf),
    args,
    info,
  );
}

const nameOf = ({ name }: Ref) => name;
const dateOf = (ref: Ref) => commitOf(ref)?.committedDate ?? "";
