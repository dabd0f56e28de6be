import type * as schema from "@octokit/graphql-schema";
import type { GraphQLResolveInfo } from "graphql";
import { connect, inOrder, type PageArguments } from "../connection.ts";
import type { Actor, BranchProtection, Ruleset } from "../../world/records.ts";
import { constant, type Context, type Fields } from "./fields.ts";

export const rulesetFields: Fields<schema.RepositoryRuleset> = {
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

/** What lets a bot in is its app. */
const asApp = (actor: Actor) => (actor.__typename === "Bot" ? { ...actor, __typename: "App", slug: actor.login.replace("[bot]", ""), name: actor.login } : actor);

/** Who is let by, one node each. */
const allowances =
  (of: (rule: BranchProtection) => readonly Actor[]) =>
  (rule: BranchProtection, args: PageArguments, _: Context, info: GraphQLResolveInfo) =>
    connect(
      inOrder(
        of(rule).map((actor) => ({ id: `BPA_${rule.databaseId}_${actor.databaseId}`, actor: asApp(actor), branchProtectionRule: rule })),
      ),
      args,
      info,
    );

export const branchProtectionFields: Fields<schema.BranchProtectionRule> = {
  bypassForcePushAllowances: allowances(() => []),
  bypassPullRequestAllowances: allowances(({ bypassers }) => bypassers),
  pushAllowances: allowances(({ pushers }) => pushers),
  reviewDismissalAllowances: allowances(() => []),
  requiredStatusChecks: ({ requiredStatusCheckContexts }: BranchProtection) =>
    requiredStatusCheckContexts.map((context) => ({ context, app: null })),
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
  restrictsPushes: ({ pushers }: BranchProtection) => pushers.length > 0,
  restrictsReviewDismissals: constant(false),
};
