import { refusal, type Reply, reply } from "../server/http.ts";
import type { BranchProtection, RuleSuite, Ruleset } from "../world/records.ts";
import { fullNameOf } from "../world/world.ts";
import { repositoryUrl, type Schemas } from "./present.ts";
import { page, type RepositoryCall, repositoryRoute, type Route } from "./router.ts";

export const ruleRoutes: readonly Route[] = [
  repositoryRoute("/rulesets", "metadata", (call) =>
    page(call, call.repository.rulesets, (one) => rulesetOf(call, one, false)),
  ),
  repositoryRoute("/rulesets/rule-suites", "administration", listRuleSuites),
  repositoryRoute("/rulesets/rule-suites/{rule_suite_id}", "administration", ({ repository, values }) => {
    const found = repository.ruleSuites.find(
      ({ databaseId }) => String(databaseId) === values["rule_suite_id"],
    );
    return found ? reply(200, ruleSuiteOf(found)) : refusal(404, "Not Found");
  }),
  repositoryRoute("/rulesets/{ruleset_id}", "metadata", (call) => {
    const found = call.repository.rulesets.find(
      ({ databaseId }) => String(databaseId) === call.values["ruleset_id"],
    );
    return found ? reply(200, rulesetOf(call, found, true)) : refusal(404, "Not Found");
  }),
  repositoryRoute("/branches/{branch}/protection", "administration", (call) => {
    const found = call.repository.branchProtectionRules.find(
      ({ pattern }) => pattern === call.values["branch"],
    );
    return found ? reply(200, protectionOf(call, found)) : refusal(404, "Branch not protected");
  }),
];

function rulesetOf(call: RepositoryCall, ruleset: Ruleset, isWhole: boolean): Schemas["repository-ruleset"] {
  return {
    id: ruleset.databaseId,
    name: ruleset.name,
    target: ruleset.target === "TAG" ? "tag" : "branch",
    source_type: "Repository",
    source: fullNameOf(ruleset.repository),
    enforcement: ruleset.enforcement.toLowerCase() as Lowercase<Ruleset["enforcement"]>,
    node_id: ruleset.id,
    created_at: ruleset.createdAt,
    updated_at: ruleset.updatedAt,
    _links: {
      self: { href: `${repositoryUrl(call.asked.base, ruleset.repository)}/rulesets/${ruleset.databaseId}` },
    },
    ...(isWhole
      ? {
          conditions: { ref_name: { include: [...ruleset.include], exclude: [] } },
          rules: ruleset.rules.map(({ type, parameters }) => ({
            type: type.toLowerCase(),
            ...(parameters ? { parameters } : {}),
          })) as Schemas["repository-rule"][],
          bypass_actors: ruleset.bypassActors.map(({ databaseId, __typename }) => ({
            actor_id: databaseId,
            actor_type: __typename === "Bot" ? ("Integration" as const) : ("RepositoryRole" as const),
            bypass_mode: "always" as const,
          })),
        }
      : {}),
  };
}

/** Seconds before now. */
const PERIODS: Readonly<Record<string, number>> = {
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: 2_592_000,
};

function listRuleSuites(call: RepositoryCall): Reply {
  const { query } = call.asked;
  const seconds = PERIODS[query.get("time_period") ?? "day"] ?? 86_400;
  const from = Date.parse(call.world.now) - seconds * 1000;
  const result = query.get("rule_suite_result") ?? "all";
  const wanted = call.repository.ruleSuites.filter(
    (one) => Date.parse(one.pushedAt) >= from && (result === "all" || one.result === result),
  );
  return page(call, wanted.toReversed(), headOf);
}

function headOf(suite: RuleSuite): Schemas["rule-suites"][number] {
  return {
    id: suite.databaseId,
    actor_id: suite.actor.databaseId,
    actor_name: suite.actor.login,
    before_sha: suite.beforeSha,
    after_sha: suite.afterSha,
    ref: suite.ref,
    repository_id: suite.repository.databaseId,
    repository_name: suite.repository.name,
    pushed_at: suite.pushedAt,
    result: suite.result,
    evaluation_result: suite.result,
  };
}

function ruleSuiteOf(suite: RuleSuite): Schemas["rule-suite"] {
  return {
    ...headOf(suite),
    rule_evaluations: suite.evaluations.map(({ ruleset, result, ruleType, details }) => ({
      rule_source: { type: "ruleset", id: ruleset.databaseId, name: ruleset.name },
      enforcement: ruleset.enforcement === "EVALUATE" ? ("evaluate" as const) : ("active" as const),
      result,
      rule_type: ruleType,
      details: details === "" ? null : details,
    })),
  };
}

function protectionOf(
  { asked: { base }, repository }: RepositoryCall,
  rule: BranchProtection,
): Schemas["branch-protection"] {
  const url = `${repositoryUrl(base, repository)}/branches/${rule.pattern}/protection`;
  return {
    url,
    name: rule.pattern,
    ...(rule.requiresStatusChecks
      ? {
          required_status_checks: {
            contexts: [...rule.requiredStatusCheckContexts],
            checks: rule.requiredStatusCheckContexts.map((context) => ({ context, app_id: null })),
          },
        }
      : {}),
    enforce_admins: { url: `${url}/enforce_admins`, enabled: rule.isAdminEnforced },
    required_pull_request_reviews: {
      url: `${url}/required_pull_request_reviews`,
      dismiss_stale_reviews: rule.dismissesStaleReviews,
      require_code_owner_reviews: rule.requiresCodeOwnerReviews,
      required_approving_review_count: rule.requiredApprovingReviewCount,
      require_last_push_approval: rule.requireLastPushApproval,
    },
    required_linear_history: { enabled: false },
    allow_force_pushes: { enabled: rule.allowsForcePushes },
    allow_deletions: { enabled: rule.allowsDeletions },
  };
}
