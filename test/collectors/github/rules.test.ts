import { describe, expect, test } from "vitest";
import { DEMO_TOKEN, type FakeGitHub } from "../../fakes/github/index.ts";
import { deploy, setStatus } from "../../fakes/github/world/deployments.ts";
import type { Repository } from "../../fakes/github/world/records.ts";
import {
  actor,
  deleteRuleset,
  editRuleset,
  environment,
  judgePush,
  organization,
  protectBranch,
  ruleset,
  unprotectBranch,
} from "../../fakes/github/world/repositories.ts";
import { approve, deleteRun, startRun } from "../../fakes/github/world/runs.ts";
import { begun } from "../../fakes/github/world/scenarios.ts";
import { later, World } from "../../fakes/github/world/world.ts";
import { type Bench, outcomes, said } from "../bench.ts";
import { bench, serve } from "./support.ts";

const RULES = { name: "main", rules: [{ type: "PULL_REQUEST", parameters: { required_approving_review_count: 2 } }] };
const PUSH = { by: "ada", before: "a".repeat(40), after: "b".repeat(40) } as const;

function two(): { readonly world: World; readonly one: Repository; readonly other: Repository } {
  const world = new World("2026-01-05T08:00:00Z");
  organization(world, "acme");
  return { world, one: begun(world, "acme/service1"), other: begun(world, "acme/service2") };
}

/** A GitHub whose token may do all but this. */
const without = (world: World, ...missing: readonly string[]) =>
  serve({
    world,
    tokens: [
      {
        ...DEMO_TOKEN,
        kind: "fine-grained",
        permissions: Object.fromEntries(
          ["actions", "administration", "contents", "deployments", "issues", "organization_administration", "pull_requests"]
            .filter((one) => !missing.includes(one))
            .map((one) => [one, "read" as const]),
        ),
      },
    ],
  });

const rowsOf = (one: Bench, relation: string, columns: string) =>
  one.warehouse.rows(`select ${columns} from staging.${relation} order by all`);

async function staged(one: Bench, world: World): Promise<void> {
  await one.model(later(world.now, 60), ["model", "correlation", "metrics", "controls", "expectations", "reports", "publish"]);
}

const reported = async (one: Bench, name: string) =>
  (await one.collect()).streams.find(({ stream }) => stream === name);

const asked = (github: FakeGitHub, part: RegExp) => github.requests.filter(({ path }) => part.test(path)).length;

describe("rulesets", () => {
  test("a repository's own and its organisation's, the latter asked for once", async () => {
    const { world, one: service } = two();
    ruleset(world, service, { ...RULES, bypass: ["renovate[bot]"] });
    ruleset(world, actor(world, "acme"), { name: "everywhere", enforcement: "EVALUATE", rules: [{ type: "DELETION" }] });
    const github = await serve({ world });
    const one = await bench(github);
    await one.collect();
    await staged(one, world);
    expect(await rowsOf(one, "github_ruleset", "repository, name, enforcement, declared_in, json_array_length(bypass_actors) as bypass")).toEqual([
      { repository: "acme/service1", name: "everywhere", enforcement: "evaluate", declared_in: "acme", bypass: 0 },
      { repository: "acme/service1", name: "main", enforcement: "active", declared_in: "acme/service1", bypass: 1 },
      { repository: "acme/service2", name: "everywhere", enforcement: "evaluate", declared_in: "acme", bypass: 0 },
    ]);
    expect(asked(github, /rulesets\/\d+$/)).toBe(2);
  });

  test("more than a page of them", async () => {
    const { world, one: service } = two();
    for (let index = 0; index < 130; index += 1) ruleset(world, service, { ...RULES, name: `rules ${index}` });
    const one = await bench(await serve({ world }));
    expect(await reported(one, "ruleset")).toMatchObject({ status: "completed", stored: 130 });
  });

  test("a change is a new version, and what was deleted is deleted; the rest is not asked for again", async () => {
    const { world, one: service } = two();
    const [changed, deleted] = [ruleset(world, service, RULES), ruleset(world, service, { ...RULES, name: "other" })];
    ruleset(world, service, { ...RULES, name: "third" });
    const github = await serve({ world });
    const one = await bench(github);
    await one.collect();
    github.advanceTo(later(world.now, 60));
    editRuleset(world, changed, { enforcement: "DISABLED" });
    deleteRuleset(world, deleted);
    const before = asked(github, /rulesets\/\d+$/);
    expect(await reported(one, "ruleset")).toMatchObject({ stored: 1, deleted: 1 });
    expect(asked(github, /rulesets\/\d+$/) - before).toBe(1);
    const versions = "select payload ->> '$.enforcement' as enforcement from raw.record where stream = 'ruleset' and (payload ->> '$.name') = 'main' order by all";
    expect(await one.warehouse.rows(versions)).toEqual([{ enforcement: "active" }, { enforcement: "disabled" }]);
  });

  test("who may bypass them is unknown to a token that may not see it, and read once it may", async () => {
    const { world, one: service, other } = two();
    for (const target of [service, other]) ruleset(world, target, RULES);
    const blind = await without(world, "administration");
    const one = await bench(blind, { organisations: ["acme"], rules: true });
    await one.collect();
    await staged(one, world);
    expect(await rowsOf(one, "github_ruleset", "bypass_actors is null as is_unknown")).toEqual([{ is_unknown: true }, { is_unknown: true }]);
    const before = asked(blind, /rulesets\/\d+$/);
    await one.collect();
    expect(asked(blind, /rulesets\/\d+$/) - before).toBe(1);
    blind.accept({ ...DEMO_TOKEN });
    await one.collect();
    await staged(one, world);
    expect(await rowsOf(one, "github_ruleset", "bypass_actors is null as is_unknown")).toEqual([{ is_unknown: false }, { is_unknown: false }]);
  });
});

describe("pushes past the rules", () => {
  test("all of an organisation at once, to the end of the list, and each only once", async () => {
    const { world, one: service, other } = two();
    const rules = ruleset(world, actor(world, "acme"), RULES);
    for (let index = 0; index < 120; index += 1) judgePush(world, rules, { ...PUSH, in: index % 2 ? service : other, result: "bypass" });
    judgePush(world, rules, { ...PUSH, in: service, result: "fail" });
    judgePush(world, rules, { ...PUSH, in: service, result: "pass" });
    const github = await serve({ world });
    const one = await bench(github);
    expect(await reported(one, "rule_suite")).toMatchObject({ status: "completed", stored: 121 });
    github.resetCounts();
    await one.collect();
    const { byName } = github.counts();
    expect(Object.entries(byName).filter(([name]) => name.includes("rule-suites"))).toEqual([["/orgs/{owner}/rulesets/rule-suites", 2]]);
    judgePush(world, rules, { ...PUSH, in: other, result: "bypass" });
    expect(await reported(one, "rule_suite")).toMatchObject({ stored: 1 });
    await staged(one, world);
    expect(await one.warehouse.rows("select kind, outcome, count(*) as n from staging.github_evidence where kind in ('rule_bypass', 'rule_refusal') group by all order by all")).toEqual([
      { kind: "rule_bypass", outcome: "bypassed", n: 121 },
      { kind: "rule_refusal", outcome: "refused", n: 1 },
    ]);
  });

  test("what GitHub no longer lists stays", async () => {
    const { world, one: service } = two();
    judgePush(world, ruleset(world, service, RULES), { ...PUSH, result: "bypass" });
    const github = await serve({ world });
    const one = await bench(github);
    await one.collect();
    github.advanceTo(later(world.now, 40 * 86_400));
    await one.collect();
    expect(await one.warehouse.rows("select count(*) as n from raw.current where stream = 'rule_suite'")).toEqual([{ n: 1 }]);
  });

  test("repository by repository where the token may not ask the organisation", async () => {
    const { world, one: service } = two();
    judgePush(world, ruleset(world, service, RULES), { ...PUSH, result: "bypass" });
    const one = await bench(await without(world, "organization_administration"));
    expect(await reported(one, "rule_suite")).toMatchObject({ status: "completed", stored: 1 });
  });

  test("what goes wrong with one repository leaves the others", async () => {
    const { world, other } = two();
    judgePush(world, ruleset(world, other, RULES), { ...PUSH, result: "bypass" });
    const github = await without(world, "organization_administration");
    github.inject(({ path }) => (path.startsWith("/repos/acme/service1/rulesets/rule-suites") ? { kind: "bad-gateway" } : undefined));
    expect(await reported(await bench(github), "rule_suite")).toMatchObject({ status: "failed", stored: 1 });
  });

  test("without the permission the gap is named, with what is missing and the way out", async () => {
    const { world } = two();
    const one = await bench(await without(world, "organization_administration", "administration"));
    const report = await one.collect();
    expect(outcomes(report).filter((line) => line.endsWith("failed"))).toEqual(["branch_protection failed", "rule_suite failed"]);
    expect(said(report)).toContain(
      'acme/service1: rule_suite: Resource not accessible by personal access token: give the token the permission "Administration: read" for it, or say `rules: false`; without it is missing: who pushed past a ruleset: whether gates were bypassed is then unknown, not clean',
    );
  });

  test("`rules: false` asks for none of it", async () => {
    const { world } = two();
    const one = await bench(await without(world, "organization_administration", "administration"), { organisations: ["acme"], rules: false });
    expect(outcomes(await one.collect()).filter((line) => !line.endsWith("completed"))).toEqual([]);
  });
});

describe("branch protection", () => {
  test("with everybody whom it lets by; a change is a new version, and what is gone is deleted", async () => {
    const { world, one: service } = two();
    const logins = Array.from({ length: 25 }, (_, index) => `person${String(index).padStart(2, "0")}`);
    const main = protectBranch(world, service, "main", { bypassers: logins.map((login) => actor(world, login)), requiredApprovingReviewCount: 2 });
    for (let index = 0; index < 7; index += 1) protectBranch(world, service, `release/${index}`);
    const last = service.branchProtectionRules.at(-1);
    const one = await bench(await serve({ world }));
    expect(await reported(one, "branch_protection")).toMatchObject({ status: "completed", stored: 8 });
    await staged(one, world);
    const columns = "pattern, required_reviews, binds_admins, may_bypass_reviews";
    expect((await rowsOf(one, "github_branch_protection", columns))[0]).toEqual({ pattern: "main", required_reviews: 2, binds_admins: false, may_bypass_reviews: logins });
    main.isAdminEnforced = true;
    if (last) unprotectBranch(world, last);
    expect(await reported(one, "branch_protection")).toMatchObject({ stored: 1, deleted: 1 });
  });
});

/** A deployment that waits for somebody to let it in, and the run that made it. */
function waiting(world: World, target: Repository, name = "production") {
  const run = startRun(world, target, { by: "ada", sha: "f".repeat(40) });
  const made = deploy(world, target, { by: "ada", environment: name });
  setStatus(world, made, "WAITING", { logUrl: `https://github.com/acme/service1/actions/runs/${run.databaseId}/job/1` });
  return { run, made, end: (state: "SUCCESS" | "FAILURE") => setStatus(world, made, state, { at: later(world.now, 300) }) };
}

const DECISIONS = "approver, decision, is_derived, justification, decided_at";

describe("who let deployments in", () => {
  const guarded = () => {
    const all = two();
    environment(all.world, all.one, "production", { reviewers: ["grace"], waitMinutes: 5 });
    return all;
  };

  test("each of several approvers is a row, and a refusal is one; each run is asked once, when its deployment is over", async () => {
    const { world, one: service } = guarded();
    const [let1, refused] = [waiting(world, service), waiting(world, service)];
    approve(world, let1.run, { by: "grace", environments: ["production"], comment: "Go" });
    approve(world, let1.run, { by: "linus", environments: ["production"] });
    approve(world, refused.run, { by: "grace", environments: ["production"], state: "rejected", comment: "Not on Friday" });
    const github = await serve({ world });
    const one = await bench(github);
    await one.collect();
    expect(asked(github, /approvals$/)).toBe(0);
    let1.end("SUCCESS");
    refused.end("FAILURE");
    await one.collect();
    await one.collect();
    expect(asked(github, /approvals$/)).toBe(2);
    await staged(one, world);
    const decided_at = later(world.now, 300);
    expect(await rowsOf(one, "github_deployment_approval", DECISIONS)).toEqual([
      { approver: "grace", decision: "approved", is_derived: true, justification: "Go", decided_at },
      { approver: "grace", decision: "rejected", is_derived: true, justification: "Not on Friday", decided_at },
      { approver: "linus", decision: "approved", is_derived: true, justification: null, decided_at },
    ]);
    expect(await rowsOf(one, "github_environment", "name, needs_approval, reviewers, wait_minutes")).toEqual([
      { name: "production", needs_approval: true, reviewers: ["grace"], wait_minutes: 5 },
    ]);
  });

  test("environments that ask nobody are not asked about", async () => {
    const { world, one: service } = guarded();
    waiting(world, service, "staging").end("SUCCESS");
    const github = await serve({ world });
    await (await bench(github)).collect();
    expect(asked(github, /approvals$/)).toBe(0);
  });

  test("without the permission that is a warning, and read once it is there", async () => {
    const { world, one: service } = guarded();
    const { run, end } = waiting(world, service);
    approve(world, run, { by: "grace", environments: ["production"] });
    end("SUCCESS");
    const github = await serve({ world, faults: [{ fault: { kind: "forbidden" }, of: "approvals" }] });
    const one = await bench(github);
    const report = await one.collect();
    expect(outcomes(report).filter((line) => !line.endsWith("completed"))).toEqual([]);
    expect(report.warnings).toEqual([
      'github: acme/service1: deployment_approval: Resource not accessible by personal access token: who approved deployments is missing, and only the time of the decision is there; give the token the permission "Actions: read"',
    ]);
    await staged(one, world);
    expect(await rowsOf(one, "github_deployment_approval", "approver, decision")).toEqual([{ approver: null, decision: "approved" }]);
    expect(await reported(one, "deployment_approval")).toMatchObject({ status: "completed", stored: 1 });
    await staged(one, world);
    expect(await rowsOf(one, "github_deployment_approval", "approver, decision")).toEqual([{ approver: "grace", decision: "approved" }]);
  });

  test("of a run that is gone the decision stays, without a person", async () => {
    const { world, one: service } = guarded();
    const gone = waiting(world, service);
    gone.end("SUCCESS");
    deleteRun(world, gone.run);
    const one = await bench(await serve({ world }));
    await one.collect();
    await staged(one, world);
    expect(await rowsOf(one, "github_deployment_approval", "approver, decision")).toEqual([{ approver: null, decision: "approved" }]);
  });
});
