import type * as schema from "@octokit/graphql-schema";
import type { GraphQLResolveInfo } from "graphql";
import { commitOf } from "../../world/commits.ts";
import type { Environment, Ref, Repository, Ruleset } from "../../world/records.ts";
import { rulesetsOf } from "../../world/repositories.ts";
import { fullNameOf } from "../../world/world.ts";
import { connect, inOrder, type PageArguments } from "../connection.ts";
import { notFound } from "../errors.ts";
import { type Order, sorted } from "../order.ts";
import { constant, type Context, type Fields, HTML } from "./fields.ts";
import { byField, listDeployments, listIssues, listPullRequests, listRefs } from "./lists.ts";
import { need } from "./need.ts";

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
  rulesets: (
    repository: Repository,
    args: PageArguments & { readonly includeParents: boolean },
    { world }: Context,
    info: GraphQLResolveInfo,
  ) => connect(inOrder(args.includeParents ? rulesetsOf(world, repository) : repository.rulesets), args, info),
  ruleset: (repository: Repository, { databaseId }: { databaseId: number }, { world }: Context) =>
    rulesetsOf(world, repository).find((one: Ruleset) => one.databaseId === databaseId) ?? null,
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

function numbered<T extends { readonly number: number }>(
  items: readonly T[],
  number: number,
  what: string,
): T {
  const found = items.find((one) => one.number === number);
  if (found) return found;
  throw notFound(`Could not resolve to ${what} with the number of ${number}.`);
}

export const branchOf = ({ refs }: Repository, name: string): Ref | undefined =>
  refs.get(`refs/heads/${name}`);
