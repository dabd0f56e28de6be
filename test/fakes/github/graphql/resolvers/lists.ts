import type { GraphQLResolveInfo } from "graphql";
import { commitOf } from "../../world/commits.ts";
import type {
  Deployment,
  Entity,
  Instant,
  Issue,
  PullRequest,
  Ref,
  Repository,
} from "../../world/records.ts";
import { instant } from "../../world/world.ts";
import { connect, type Listing, type PageArguments } from "../connection.ts";
import { camelCase, type Order, sorted } from "../order.ts";
import type { Context } from "./fields.ts";
import { need } from "./need.ts";

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

export function listPullRequests(
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

export function listIssues(
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

export function listDeployments(
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

export function listRefs(
  { refs }: Repository,
  args: RefArguments,
  context: Context,
  info: GraphQLResolveInfo,
) {
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
