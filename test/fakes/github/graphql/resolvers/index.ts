import type { GraphQLFieldResolver } from "graphql";
import { botFields, organizationFields, userFields } from "./actor.ts";
import { checkRunFields, checkSuiteFields, commitFields, refFields, rollupFields, tagFields } from "./commit.ts";
import {
  assetFields,
  deploymentFields,
  environmentFields,
  protectionRuleFields,
  releaseFields,
  runFields,
} from "./deployment.ts";
import type { Context, Resolve } from "./fields.ts";
import { eventFields, issueFields, pullRequestFields, reviewFields } from "./pull-request.ts";
import { queryFields } from "./query.ts";
import { repositoryFields } from "./repository.ts";
import { branchProtectionFields, rulesetFields } from "./rules.ts";

/** By type of GitHub's schema; what is not here is a property of the record. */
export const RESOLVERS: Readonly<Record<string, Readonly<Record<string, Resolve>>>> = {
  Query: queryFields,
  User: userFields,
  Bot: botFields,
  Organization: organizationFields,
  Repository: repositoryFields,
  Ref: refFields,
  Tag: tagFields,
  Commit: commitFields,
  CheckSuite: checkSuiteFields,
  CheckRun: checkRunFields,
  StatusCheckRollup: rollupFields,
  PullRequest: pullRequestFields,
  PullRequestReview: reviewFields,
  Issue: issueFields,
  ...eventFields,
  Deployment: deploymentFields,
  Environment: environmentFields,
  DeploymentProtectionRule: protectionRuleFields,
  Release: releaseFields,
  ReleaseAsset: assetFields,
  WorkflowRun: runFields,
  RepositoryRuleset: rulesetFields,
  BranchProtectionRule: branchProtectionFields,
};

/**
 * A field that the schema has and this GitHub does not yet is an error that says so: null would be taken for an
 * answer.
 */
export const resolveField: GraphQLFieldResolver<unknown, Context> = (source, args, context, info) => {
  const { parentType, fieldName } = info;
  const resolve = RESOLVERS[parentType.name]?.[fieldName];
  if (resolve) return resolve(source as never, args as never, context, info);
  const record = Object(source) as Readonly<Record<string, unknown>>;
  const value = record[fieldName];
  if (typeof value === "function")
    return (value as Resolve)(args as never, context as never, info as never, info);
  if (value !== undefined) return value;
  if (fieldName === "resourcePath") return "/";
  throw new Error(
    `The fake GitHub does not know ${parentType.name}.${fieldName} yet: add it in test/fakes/github/graphql/resolvers.`,
  );
};
