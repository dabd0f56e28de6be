import { afterAll, beforeAll, expect, test } from "vitest";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { acmeBank } from "../../examples/acme-bank.ts";
import { acmeWith } from "../../fakes/company.ts";
import { gitlab } from "../../fakes/gitlab/vendor.ts";
import type { Served } from "../../fakes/vendor.ts";

const SCALE = 0.1;
let served: Served;
let fromFiles: Warehouse;
let fromGitLab: Warehouse;

const complete = [{ entity: "deployment", from: "2024-07-01", asserted_by: "Pipeline team" }];

/** Acme's configuration, with GitLab in place of all its files. */
const withGitLab = () => acmeWith({ gitlab: { ...gitlab.source(served.url), complete } }, [gitlab]);

beforeAll(async () => {
  served = await gitlab.start({ port: 0, scale: SCALE });
  fromFiles = await acmeBank({ scale: SCALE });
  fromGitLab = await acmeBank({ scale: SCALE, document: withGitLab(), env: gitlab.env });
}, 300_000);

afterAll(async () => {
  fromFiles.close();
  fromGitLab.close();
  await served.close();
});

const both = async (sql: string) => {
  const rows = await fromGitLab.rows(sql);
  expect(rows).toEqual(await fromFiles.rows(sql));
  return rows;
};

/** GitLab has no runs that were skipped, and no trains. It knows the library's tags, and the commits of `statements`, which the bank does not collect. */
const NOT_COMPARED = "('client-sdk', 'statements')";

test("deployments are those of the bank's own tool, to the second", async () => {
  const rows = await both(`
    select service, environment, sha, version, started_at, finished_at, live_at, status
    from model.deployment where service not in ${NOT_COMPARED} and environment_kind is not null and is_known_service
    order by all`);
  expect(rows.length).toBeGreaterThan(200);
});

test("waves are the same", async () => {
  await both(
    `select service, kind, sha, live_at, version from model.wave where service not in ${NOT_COMPARED} order by all`,
  );
});

test("changes are those of the review tool", async () => {
  const rows = await both(`
    select c.repository, c.number, c.title, c.author, c.merged_by, c.merge_sha, c.first_commit_at, c.opened_at, c.first_review_at, c.approved_at, c.merged_at,
      c.labels
    from model.change as c
    where c.kind = 'pull request' and c.opened_at is not null
      and exists (select 1 from model.change_service as s where s.change_id = c.change_id and s.service not in ${NOT_COMPARED})
    order by all`);
  expect(rows.length).toBeGreaterThan(200);
});

test("lead times are the same wherever both know the merge request", async () => {
  const rows = await both(`
    select f.service, c.number, c.merge_sha, f.filed_at, f.lead_seconds, f.basis
    from metrics.lead_time_fact as f
    join model.change as c on c.change_id = f.change_id
    where c.kind = 'pull request' and c.number is not null and f.service not in ${NOT_COMPARED}
    order by all`);
  expect(rows.length).toBeGreaterThan(200);
});

test("those who approved a deployment are those who approved its change request", async () => {
  const rows = await fromGitLab.rows(`
    select d.sha, d.started_at, a.approver, a.decision, a.justification
    from model.deployment as d
    join model.deployment_approval as a on a.deployment_id = d.deployment_id
    order by all`);
  expect(rows.length).toBeGreaterThan(5);
  expect(rows).toEqual(
    await fromFiles.rows(`
      select d.sha, d.started_at, a.approver, a.decision, a.justification
      from model.deployment as d
      join model.deployment_request as r on r.deployment_id = d.deployment_id
      join model.change_request_approval as a on a.change_request_id = r.change_request_id
      where d.service = 'payments' and d.environment = 'production-eu' and d.attempt = 1
      order by all`),
  );
});

test("deployments name the pipeline that made them, with each job's wait for a runner", async () => {
  const rows = await both(`
    select d.service, d.environment, d.started_at, min(r.workflow) as workflow
    from model.deployment as d
    join model.pipeline_run as r on r.source = d.source and r.native_id = d.pipeline_run
    where d.service not in ${NOT_COMPARED} and d.environment_kind is not null and d.is_known_service
    group by d.deployment_id, d.service, d.environment, d.started_at order by all`);
  expect(rows.length).toBeGreaterThan(200);
  const [waits] = await fromGitLab.rows(
    "select min(date_diff('second', queued_at, started_at)) as shortest, count(*) > 200 as is_many from model.pipeline_job",
  );
  expect(waits).toEqual({ shortest: 30, is_many: true });
});
