import type * as schema from "@octokit/graphql-schema";
import type { GraphQLResolveInfo } from "graphql";
import { connect, inOrder, type PageArguments } from "../connection.ts";
import type {
  Deployment,
  DeploymentStatusState,
  Environment,
  ProtectionRule,
  Release,
  ReleaseAsset,
  RunApproval,
  WorkflowRun,
} from "../../world/records.ts";
import { commitOf } from "../../world/commits.ts";
import { fullNameOf } from "../../world/world.ts";
import { constant, type Context, type Fields, HTML } from "./fields.ts";

/** What a deployment is called after its latest status. */
const STATES: Readonly<Record<DeploymentStatusState, string>> = {
  ERROR: "ERROR",
  FAILURE: "FAILURE",
  INACTIVE: "INACTIVE",
  IN_PROGRESS: "IN_PROGRESS",
  PENDING: "PENDING",
  QUEUED: "QUEUED",
  SUCCESS: "ACTIVE",
  WAITING: "WAITING",
};

const latestOf = ({ history }: Deployment) => history.at(-1);

export const deploymentFields: Fields<schema.Deployment> = {
  commit: ({ repository, commitOid }: Deployment) => repository.commits.get(commitOid) ?? null,
  state: (deployment: Deployment) => STATES[latestOf(deployment)?.state ?? "PENDING"],
  latestStatus: (deployment: Deployment) => latestOf(deployment) ?? null,
  latestEnvironment: ({ environment }: Deployment) => environment,
  originalEnvironment: ({ environment }: Deployment) => environment,
  ref: ({ repository, refName }: Deployment) =>
    repository.refs.get(`refs/heads/${refName}`) ?? repository.refs.get(`refs/tags/${refName}`) ?? null,
  /** Newest first. */
  statuses: ({ history }: Deployment, args: PageArguments, _: Context, info: GraphQLResolveInfo) =>
    connect(inOrder(history.toReversed()), args, info),
};

export const environmentFields: Fields<schema.Environment> = {
  isPinned: constant(false),
  protectionRules: ({ rules }: Environment, args: PageArguments, _: Context, info: GraphQLResolveInfo) =>
    connect(inOrder(rules), args, info),
  latestCompletedDeployment: ({ repository, name }: Environment) =>
    repository.deployments.findLast(
      (deployment) => deployment.environment === name && latestOf(deployment)?.state === "SUCCESS",
    ) ?? null,
};

export const protectionRuleFields: Fields<schema.DeploymentProtectionRule> = {
  reviewers: ({ reviewers }: ProtectionRule, args: PageArguments, _: Context, info: GraphQLResolveInfo) =>
    connect(inOrder(reviewers), args, info),
};

const releaseUrl = ({ repository, tagName }: Release) =>
  `${HTML}/${fullNameOf(repository)}/releases/tag/${tagName}`;

export const releaseFields: Fields<schema.Release> = {
  url: releaseUrl,
  isLatest: (release: Release) => release.repository.releases.at(-1) === release,
  tag: ({ repository, tagName }: Release) => repository.refs.get(`refs/tags/${tagName}`) ?? null,
  tagCommit: ({ repository, tagName }: Release) =>
    commitOf(repository.refs.get(`refs/tags/${tagName}`)) ?? null,
  releaseAssets: ({ assets }: Release, args: PageArguments, _: Context, info: GraphQLResolveInfo) =>
    connect(inOrder(assets), args, info),
};

export const assetFields: Fields<schema.ReleaseAsset> = {
  downloadCount: constant(0),
  url: ({ release, name }: ReleaseAsset) => `${releaseUrl(release)}/${name}`,
  downloadUrl: ({ release, name }: ReleaseAsset) => `${releaseUrl(release)}/${name}`,
};

export const runFields: Fields<schema.WorkflowRun> = {
  url: ({ repository, databaseId }: WorkflowRun) =>
    `${HTML}/${fullNameOf(repository)}/actions/runs/${databaseId}`,
  updatedAt: ({ attempts, createdAt }: WorkflowRun) => attempts.at(-1)?.updatedAt ?? createdAt,
  workflow: ({ workflow, createdAt }: WorkflowRun) => ({
    __typename: "Workflow",
    id: `W_${workflow}`,
    name: workflow,
    createdAt,
    updatedAt: createdAt,
    state: "ACTIVE",
  }),
  deploymentReviews: (
    { approvals }: WorkflowRun,
    args: PageArguments,
    _: Context,
    info: GraphQLResolveInfo,
  ) => connect(inOrder(approvals.map(reviewOf)), args, info),
};

function reviewOf({ comment, environments, state, user }: RunApproval, index: number) {
  return {
    __typename: "DeploymentReview",
    id: `DR_${index}_${user.id}`,
    databaseId: index + 1,
    comment,
    state: state.toUpperCase(),
    user,
    environments: (args: PageArguments, _: Context, info: GraphQLResolveInfo) =>
      connect(inOrder(environments), args, info),
  };
}
