import { expect, test } from "vitest";
import type { DeploymentApprovalRow } from "../../../src/site/deployment-rows.ts";
import { approvalWords } from "../../../src/site/words/deployment.ts";
import { Clock } from "../../../src/site/format.ts";
import type { Provenance, ReleasePackData } from "../../../reports/release/data.ts";
import { approvalsSection } from "../../../reports/release/sections/approvals.ts";
import { timesOf } from "../../../reports/release/words.ts";
import { push } from "../../fakes/github/world/commits.ts";
import { deploy, setStatus } from "../../fakes/github/world/deployments.ts";
import { addLabel, merge, openIssue, openPullRequest } from "../../fakes/github/world/pull-requests.ts";
import { environment } from "../../fakes/github/world/repositories.ts";
import { begun } from "../../fakes/github/world/scenarios.ts";
import { World } from "../../fakes/github/world/world.ts";
import { bench, serve } from "./support.ts";

const AS_OF = "2026-01-10T00:00:00Z";
const FUTURE = "2026-01-20T09:00:00Z";

/** A deployment that waited for an approval; and one of everything that GitHub dates after as-of. */
async function collected() {
  const world = new World("2026-01-05T08:00:00Z");
  const target = begun(world, "acme/service1");
  environment(world, target, "production", { reviewers: ["grace"] });
  const waited = deploy(world, target, { by: "ada", environment: "production", at: "2026-01-06T08:59:00Z", payload: '{"version":"1.0.0"}' });
  setStatus(world, waited, "WAITING", { at: "2026-01-06T09:00:00Z" });
  setStatus(world, waited, "IN_PROGRESS", { at: "2026-01-06T09:30:00Z" });
  setStatus(world, waited, "SUCCESS", { at: "2026-01-06T09:40:00Z" });
  const late = deploy(world, target, { by: "ada", environment: "production", at: "2026-01-20T08:00:00Z" });
  setStatus(world, late, "WAITING", { at: "2026-01-20T08:00:00Z" });
  setStatus(world, late, "SUCCESS", { at: FUTURE });
  merge(world, openPullRequest(world, target, { by: "ada", title: "Later" }), { by: "grace", at: FUTURE });
  addLabel(world, openIssue(world, target, { by: "ada", title: "Down", at: FUTURE }), "incident", "ada", FUTURE);
  push(world, target, { by: "ada", message: "Later", at: FUTURE });
  const github = await serve({ world });
  const one = await bench(github, { organisations: ["acme"], incident_labels: ["incident"] });
  await one.collect();
  await one.model(AS_OF, []);
  return one.warehouse;
}

test("what GitHub dates after as-of is reported, and not used", async () => {
  const warehouse = await collected();
  expect(await warehouse.rows("select subject, rows from expectations.nothing_in_the_future order by subject")).toEqual([
    { subject: "approvals", rows: 1 },
    { subject: "changes", rows: 1 },
    // The one of the merge, and the one that was pushed.
    { subject: "commits", rows: 2 },
    { subject: "deployments", rows: 1 },
    { subject: "incidents", rows: 1 },
  ]);
  const used = `
    select
      (select string_agg(title) from model.change) as changes,
      (select count(*) from model.wave) as waves,
      (select count(*) from model.incident) as incidents,
      (select count(*) from model.deployment_approval) as approvals`;
  expect(await warehouse.rows(used)).toEqual([{ changes: "Begin", waves: 1, incidents: 0, approvals: 1 }]);
});

test("a time of approval that is derived from the status after the waiting is marked so, wherever it is shown", async () => {
  const warehouse = await collected();
  const marked = { decision: "approved", decided_at: "2026-01-06T09:30:00Z", is_derived: true };
  const of = (relation: string) => warehouse.rows(`select decision, decided_at, is_derived from ${relation}`);
  for (const relation of ["model.deployment_approval", "reports.deployment_decision", "reports.release_approvals", "publish.release_approvals"])
    expect(await of(relation), relation).toEqual([marked]);
  const [row] = await warehouse.rows<DeploymentApprovalRow>("select * from reports.site_deployment_approval");
  expect(row && approvalWords(row, new Clock("UTC"))).toBe(
    "approved by somebody not recorded 6 Jan 2026 09:30 (before the start, time derived)",
  );
  // What a pack prints.
  const approvals = await warehouse.rows<ReleasePackData["approvals"][number]>("select * from reports.release_approvals");
  const summary = { rejections: 0, late_approvals: 0, has_approvals: true };
  const section = approvalsSection({ approvals, summary } as unknown as ReleasePackData, timesOf({ time_zone: "UTC" } as Provenance));
  expect(JSON.stringify(section)).toContain(", derived from other events, ");
});
