import type * as schema from "@octokit/graphql-schema";
import type { GraphQLResolveInfo } from "graphql";
import { connect, inOrder, type PageArguments } from "../connection.ts";
import type { Actor, BranchProtection, Ruleset } from "../../world/records.ts";
import { constant, type Context, type Fields } from "./fields.ts";

export const rulesetFields: Fields<schema.RepositoryRuleset> = {
  source: ({ repository }: Ruleset) => repository,
  conditions: ({ include }: Ruleset) => ({
    refName: { include, exclude: [] },
    organizationProperty: null,
    repositoryId: null,
    repositoryName: null,
    repositoryProperty: null,
  }),
  rules: (ruleset: Ruleset, args: PageArguments, _: Context, info: GraphQLResolveInfo) =>
    connect(
      inOrder(
        ruleset.rules.map(({ type, parameters }, index) => ({
          __typename: "RepositoryRule",
          id: `RR_${ruleset.databaseId}_${index}`,
          type,
          repositoryRuleset: ruleset,
          parameters: parameters ?? null,
        })),
      ),
      args,
      info,
    ),
  bypassActors: (ruleset: Ruleset, args: PageArguments, _: Context, info: GraphQLResolveInfo) =>
    connect(inOrder(ruleset.bypassActors.map((actor, index) => bypass(ruleset, actor, index))), args, info),
};

/** A person who may pass a ruleset by is let in as administrator: rulesets name roles, apps and teams only. */
function bypass(repositoryRuleset: Ruleset, actor: Actor, index: number) {
  return {
    __typename: "RepositoryRulesetBypassActor",
    id: `RRBA_${repositoryRuleset.databaseId}_${index}`,
    actor: actor.__typename === "Bot" ? { ...actor, __typename: "App" } : null,
    bypassMode: "ALWAYS",
    deployKey: false,
    enterpriseOwner: false,
    organizationAdmin: actor.__typename !== "Bot",
    repositoryRoleDatabaseId: null,
    repositoryRoleName: null,
    repositoryRuleset,
  };
}

export const branchProtectionFields: Fields<schema.BranchProtectionRule> = {
  blocksCreations: constant(false),
  creator: constant(null),
  lockAllowsFetchAndMerge: constant(false),
  lockBranch: constant(false),
  requiredDeploymentEnvironments: constant([]),
  requiresApprovingReviews: ({ requiredApprovingReviewCount }: BranchProtection) =>
    requiredApprovingReviewCount > 0,
  requiresCommitSignatures: constant(false),
  requiresConversationResolution: constant(false),
  requiresDeployments: constant(false),
  requiresLinearHistory: constant(false),
  requiresStrictStatusChecks: constant(false),
  restrictsPushes: constant(false),
  restrictsReviewDismissals: constant(false),
};
