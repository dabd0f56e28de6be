import { afterAll, beforeAll, expect, test } from "vitest";
import { ACME_AS_OF } from "../../../examples/acme/generate.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { acmeBank } from "../../examples/acme-bank.ts";
import { acmeWith } from "../../fakes/company.ts";
import { github } from "../../fakes/github/vendor.ts";
import type { Served } from "../../fakes/vendor.ts";

const SCALE = 0.05;
let served: Served;
let fromFiles: Warehouse;
let fromGitHub: Warehouse;

const complete = [{ entity: "deployment", from: "2024-07-01", asserted_by: "Pipeline team" }];

/** Acme's configuration, with GitHub in place of all its files. */
const withGitHub = () => acmeWith({ github: { ...github.source(served.url), complete } }, [github]);

beforeAll(async () => {
  served = await github.start({ port: 0, scale: SCALE });
  fromFiles = await acmeBank({ scale: SCALE });
  fromGitHub = await acmeBank({ scale: SCALE, document: withGitHub(), env: github.env });
}, 180_000);

afterAll(async () => {
  fromFiles.close();
  fromGitHub.close();
  await served.close();
});

/**
 * GitHub has no runs that were skipped, none of a chat bot that somebody wrote into a table, and calls a cancelled one an error. It knows nothing of the library that is deployed by tags,
 * and knows the commits of `statements`, which the bank does not collect.
 */
const DEPLOYMENTS = `
  select service, environment, sha, version, train, started_at, finished_at, live_at,
    case when status = 'cancelled' then 'failure' else status end as status, rollback_of is not null as is_rollback, labels
  from model.deployment where service not in ('client-sdk', 'statements') and environment_kind is not null and is_known_service
  order by all`;

test("deployments are those of the bank's own tool, to the second", async () => {
  const rows = await fromGitHub.rows(DEPLOYMENTS);
  expect(rows.length).toBeGreaterThan(100);
  expect(rows).toEqual(await fromFiles.rows(DEPLOYMENTS));
});

const WAVES = `
  select service, kind, sha, live_at, version from model.wave where service not in ('client-sdk', 'statements') order by all`;

test("waves, rollbacks among them, are the same", async () => {
  expect(await fromGitHub.rows(WAVES)).toEqual(await fromFiles.rows(WAVES));
});

const LEAD_TIMES = `
  select f.service, c.number, c.merge_sha, f.filed_at, f.lead_seconds, f.basis
  from metrics.lead_time_fact as f
  join model.change as c on c.change_id = f.change_id
  where c.kind = 'pull request' and c.number is not null and f.service not in ('client-sdk', 'statements')
  order by all`;

test("lead times are the same wherever both know the pull request", async () => {
  const rows = await fromGitHub.rows(LEAD_TIMES);
  expect(rows.length).toBeGreaterThan(100);
  expect(rows).toEqual(await fromFiles.rows(LEAD_TIMES));
});

const APPROVALS = `
  select d.sha, d.started_at, a.approver, a.decision, a.justification
  from model.deployment as d
  join model.deployment_approval as a on a.deployment_id = d.deployment_id
  order by all`;

/** The bank approves change requests; on its GitHub the same people let the first copy of one service into production. */
const REQUEST_APPROVALS = `
  select d.sha, d.started_at, a.approver, a.decision, a.justification
  from model.deployment as d
  join model.deployment_request as r on r.deployment_id = d.deployment_id
  join model.change_request_approval as a on a.change_request_id = r.change_request_id
  where d.service = 'payments' and d.environment = 'production-eu' and d.attempt = 1 and a.decided_at < timestamptz '${ACME_AS_OF}'
  order by all`;

test("those who let a deployment in are those who approved its change request", async () => {
  const rows = await fromGitHub.rows(APPROVALS);
  expect(rows.length).toBeGreaterThan(5);
  expect(rows).toEqual(await fromFiles.rows(REQUEST_APPROVALS));
  expect(await fromGitHub.rows("select distinct is_derived from model.deployment_approval")).toEqual([{ is_derived: true }]);
});

test("a push past the rules is found by its commit", async () => {
  const bypasses = await fromGitHub.rows(`
    select e.actor, e.outcome, e.attributes ->> '$.ref' as ref, (e.attributes -> '$.rules')::varchar as rules, count(c.sha) as commits
    from model.evidence as e
    left join model.commit as c on c.sha = e.subject
    where e.kind = 'rule_bypass'
    group by all`);
  expect(bypasses).toEqual([{ actor: "ci-bot[bot]", outcome: "bypassed", ref: "refs/heads/main", rules: '["pull_request"]', commits: 1 }]);
  const kinds = await fromGitHub.rows("select kind, count(*) > 0 as is_there from model.evidence group by kind order by kind");
  expect(kinds.map(({ kind }) => kind)).toEqual(["branch_protection", "environment_protection", "rule_bypass", "ruleset"]);
});

test("artifacts have the digests that GitHub computed", async () => {
  const counts = await fromGitHub.rows("select count(*) > 0 as is_there, bool_and(digest like 'sha256:%') as is_whole from model.artifact");
  expect(counts).toEqual([{ is_there: true, is_whole: true }]);
});

/** The pipeline's log numbers runs in its own way, knows no repositories and only the runs that deployed. */
const RUNS = `
  select r.attempt, r.workflow, r.service, r.sha, r.trigger, r.actor, r.queued_at, r.started_at, r.finished_at, r.conclusion
  from model.pipeline_run as r
  where r.service not in ('client-sdk', 'statements') order by all`;

test("pipeline runs are those of the pipeline's own log, each attempt with its wait for a runner", async () => {
  const rows = await fromGitHub.rows<{ attempt: number }>(RUNS);
  expect(rows.length).toBeGreaterThan(100);
  expect(Math.max(...rows.map(({ attempt }) => attempt))).toBeGreaterThan(1);
  expect(rows).toEqual(await fromFiles.rows(RUNS));
});

/** Which attempts of which runs deployed, in whatever way these are numbered. */
const DEPLOYED_BY = `
  select d.service, d.environment, d.started_at, count(r.native_id) as attempts, max(r.attempt) as last_attempt, min(r.workflow) as workflow
  from model.deployment as d
  left join model.pipeline_run as r on r.source = d.source and r.native_id = d.pipeline_run
  where d.service not in ('client-sdk', 'statements') and d.environment_kind is not null and d.is_known_service
  group by d.deployment_id, d.service, d.environment, d.started_at order by all`;

test("deployments name the run that made them", async () => {
  const rows = await fromGitHub.rows<{ attempts: number }>(DEPLOYED_BY);
  expect(rows.every(({ attempts }) => attempts > 0)).toBe(true);
  expect(rows).toEqual(await fromFiles.rows(DEPLOYED_BY));
});
