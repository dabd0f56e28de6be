import { refusal, type Reply, reply } from "../server/http.ts";
import type { BranchProtection, RuleSuite, Ruleset } from "../world/records.ts";
import { rulesetsOf } from "../world/repositories.ts";
import { fullNameOf } from "../world/world.ts";
import { repositoryUrl, type Schemas } from "./present.ts";
import { type Call, page, type RepositoryCall, repositoryRoute, route, type Route } from "./router.ts";

export const ruleRoutes: readonly Route[] = [
  repositoryRoute("/rulesets", "metadata", (call) =>
    page(call, rulesetsOf(call.world, call.repository), (one) => rulesetOf(call, one, false)),
  ),
  {
    ...route("/orgs/{owner}/rulesets/rule-suites", (call) => {
      const owner = call.world.actors.get(call.values["owner"] ?? "");
      if (owner?.__typename !== "Organization") return refusal(404, "Not Found");
      const suites = call.world.repositories.flatMap((one) => (one.owner === owner && call.access.sees(one) ? one.ruleSuites : []));
      return listRuleSuites(call, suites.toSorted((one, other) => one.databaseId - other.databaseId));
    }),
    permission: "organization_administration",
    scope: "admin:org",
  },
  repositoryRoute("/rulesets/rule-suites", "administration", (call) =>
    listRuleSuites(call, call.repository.ruleSuites),
  ),
  repositoryRoute("/rulesets/rule-suites/{rule_suite_id}", "administration", (call) => {
    const found = call.repository.ruleSuites.find(
      ({ databaseId }) => String(databaseId) === call.values["rule_suite_id"],
    );
    return found ? reply(200, ruleSuiteOf(call, found)) : refusal(404, "Not Found");
  }),
  repositoryRoute("/rulesets/{ruleset_id}", "metadata", (call) => {
    const found = rulesetsOf(call.world, call.repository).find(
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
  const { source } = ruleset;
  const isOwn = source.__typename === "Repository";
  const base = isOwn ? repositoryUrl(call.asked.base, source) : `${call.asked.base}/orgs/${source.login}`;
  const showsBypass = call.access.allows(isOwn ? "administration" : "organization_administration");
  return {
    id: ruleset.databaseId,
    name: ruleset.name,
    target: ruleset.target === "TAG" ? "tag" : "branch",
    source_type: isOwn ? "Repository" : "Organization",
    source: isOwn ? fullNameOf(source) : source.login,
    enforcement: ruleset.enforcement.toLowerCase() as Lowercase<Ruleset["enforcement"]>,
    node_id: ruleset.id,
    created_at: ruleset.createdAt,
    updated_at: ruleset.updatedAt,
    _links: { self: { href: `${base}/rulesets/${ruleset.databaseId}` } },
    ...(isWhole
      ? {
          conditions: { ref_name: { include: [...ruleset.include], exclude: [] } },
          rules: ruleset.rules.map(({ type, parameters }) => ({
            type: type.toLowerCase(),
            ...(parameters ? { parameters } : {}),
          })) as Schemas["repository-rule"][],
          ...(showsBypass ? { bypass_actors: bypassActorsOf(ruleset) } : {}),
        }
      : {}),
  };
}

const bypassActorsOf = ({ bypassActors }: Ruleset) =>
  bypassActors.map(({ databaseId, __typename }) => ({
    actor_id: databaseId,
    actor_type: __typename === "Bot" ? ("Integration" as const) : ("RepositoryRole" as const),
    bypass_mode: "always" as const,
  }));

/** Seconds before now. */
const PERIODS: Readonly<Record<string, number>> = {
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: 2_592_000,
};

function listRuleSuites(call: Call, suites: readonly RuleSuite[]): Reply {
  const { query } = call.asked;
  const seconds = PERIODS[query.get("time_period") ?? "day"] ?? 86_400;
  const from = Date.parse(call.world.now) - seconds * 1000;
  const result = query.get("rule_suite_result") ?? "all";
  const wanted = suites.filter(
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

function ruleSuiteOf({ world }: Call, suite: RuleSuite): Schemas["rule-suite"] {
  return {
    ...headOf(suite),
    rule_evaluations: suite.evaluations.map(({ ruleset, enforcement, result, ruleType, details }) => ({
      rule_source: { type: "ruleset", id: ruleset.databaseId, name: ruleset.name },
      enforcement: world.node(ruleset.id) ? enforcementOf(enforcement) : ("deleted ruleset" as const),
      result,
      rule_type: ruleType,
      details: details === "" ? null : details,
    })),
  };
}

const enforcementOf = (enforcement: Ruleset["enforcement"]) =>
  enforcement === "EVALUATE" ? ("evaluate" as const) : ("active" as const);

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
