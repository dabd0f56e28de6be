import { afterAll, beforeAll, expect, test } from "vitest";
import {
  approve,
  deploy,
  finish,
  issue,
  job,
  label,
  merge,
  mergeRequest,
  note,
  pipeline,
  release,
  setState,
} from "../../fakes/gitlab/world/happen.ts";
import { World } from "../../fakes/gitlab/world/world.ts";
import type { Bench } from "../bench.ts";
import { bench, serve } from "./support.ts";

const AS_OF = "2026-01-10T00:00:00Z";
const SERVICES = `services:
  payments: { repository: acme/pay/app }
  ledger: { repository: acme/mono, paths: [ledger] }
  ledger-web: { repository: acme/mono, paths: [web] }
environments:
  production: { kind: production }
`;
const MINUTE = 60_000;

/** From 5 January 2026, 08:00, on; so many minutes later each. */
function world(): World {
  const made = new World("2026-01-05T08:00:00Z");
  const minutes = (count: number) => made.pass(count * MINUTE);
  const app = made.project("acme/pay/app");
  app.main = made.commit(app, { message: "First", parents: [] }).sha;
  const incident = issue(made, app, {
    type: "incident",
    title: "Žádné platby <b>",
    severity: "CRITICAL",
    description: "It broke.\nCaused by: 4711, abc\n",
  }); // 08:00
  label(minutes(5), incident, "mitigated"); // 08:05
  setState(minutes(5), incident, "closed"); // 08:10
  const again = issue(made, app, { title: "Again", labels: ["Outage", "sev2"] }); // 08:10
  setState(minutes(1), again, "closed");
  setState(minutes(1), again, "reopened"); // 08:12
  issue(made, app, { title: "A wish" });

  const commits = [made.commit(app, { message: "Work", parents: [app.main] })]; // 08:12
  const one = mergeRequest(minutes(8), app, {
    title: "Pay faster",
    description: "Closes #3 and fixes PAY-7. Not UTF-8.\n\nThis reverts merge request !9",
    commits,
    closes: [3],
    labels: ["hotfix"],
  }); // 08:20
  note(minutes(5), one, { by: "grace", isSystem: false, body: "Hm =1+1" }); // 08:25
  approve(minutes(1), one, "linus"); // 08:26, taken back by approving again
  approve(minutes(4), one, "linus"); // 08:30
  merge(minutes(10), app, one, true); // 08:40
  mergeRequest(made, app, { title: "Still open" });

  const production = made.environment(app, "production");
  const run = pipeline(made, app, { sha: app.main, name: "deploy" });
  const first = job(made, run, { name: "deploy", createdAt: made.now - 30_000, queuedAt: made.now - 10_000 });
  const tried = deploy(made, app, production, {
    sha: app.main,
    job: first,
    pipeline: run,
    status: "blocked",
  });
  tried.approvals.push({ by: "grace", status: "approved", at: made.now, comment: "Fine" });
  finish(minutes(5), tried, "failed"); // 08:45
  const second = job(made, run, { name: "deploy" });
  finish(
    minutes(5),
    deploy(made, app, production, { sha: app.main, ref: "v1.2.0", isTag: true, job: second, pipeline: run }),
    "success",
  ); // 08:50
  deploy(made, app, production, { sha: app.main, status: "blocked" });
  release(made, app, { tag: "v1.2.0", sha: app.main, links: ["app.tgz"] });

  const mono = made.project("acme/mono");
  mono.main = made.commit(mono, { message: "First", parents: [] }).sha;
  for (const name of ["ledger-web/production", "ledger/production", "production"])
    finish(
      minutes(1),
      deploy(made, mono, made.environment(mono, name, "production"), { sha: mono.main }),
      "success",
    );
  return minutes(60);
}

const ends: (() => unknown)[] = [];
let source: Bench;

beforeAll(async () => {
  const later = (act: () => unknown) => void ends.push(act);
  const fake = await serve({ world: world() }, later);
  const options = { incident: { labels: ["outage"], mitigated_labels: ["Mitigated"] } };
  source = await bench(fake, options, SERVICES, later);
  expect((await source.collect()).streams.filter(({ status }) => status !== "completed")).toEqual([]);
  await source.model(AS_OF);
}, 60_000);

afterAll(async () => {
  for (const end of ends) await end();
});

const rows = (sql: string) => source.warehouse.rows(sql);

test("deployments have the service that their environment names, and end with their job", async () => {
  expect(
    await rows(
      "select service, environment, status, version, started_at, finished_at, deployer from model.deployment order by started_at, status, service",
    ),
  ).toEqual([
    {
      service: "payments",
      environment: "production",
      status: "failure",
      version: null,
      started_at: "2026-01-05T08:40:00Z",
      finished_at: "2026-01-05T08:45:00Z",
      deployer: "ada",
    },
    {
      service: "payments",
      environment: "production",
      status: "success",
      version: "1.2.0",
      started_at: "2026-01-05T08:45:00Z",
      finished_at: "2026-01-05T08:50:00Z",
      deployer: "ada",
    },
    {
      service: "payments",
      environment: "production",
      status: "in_progress",
      version: null,
      started_at: "2026-01-05T08:50:00Z",
      finished_at: null,
      deployer: "ada",
    },
    {
      service: "ledger-web",
      environment: "production",
      status: "success",
      version: null,
      started_at: "2026-01-05T08:51:00Z",
      finished_at: "2026-01-05T08:51:00Z",
      deployer: "ada",
    },
    {
      service: "ledger",
      environment: "production",
      status: "success",
      version: null,
      started_at: "2026-01-05T08:52:00Z",
      finished_at: "2026-01-05T08:52:00Z",
      deployer: "ada",
    },
    // Whose it is, nobody says: of both.
    {
      service: "ledger",
      environment: "production",
      status: "success",
      version: null,
      started_at: "2026-01-05T08:53:00Z",
      finished_at: "2026-01-05T08:53:00Z",
      deployer: "ada",
    },
    {
      service: "ledger-web",
      environment: "production",
      status: "success",
      version: null,
      started_at: "2026-01-05T08:53:00Z",
      finished_at: "2026-01-05T08:53:00Z",
      deployer: "ada",
    },
  ]);
});

test("who approved a deployment, when and why", async () => {
  expect(
    await rows(
      "select approver, decision, decided_at, is_derived, justification from model.deployment_approval",
    ),
  ).toEqual([
    {
      approver: "grace",
      decision: "approved",
      decided_at: "2026-01-05T08:40:00Z",
      is_derived: false,
      justification: "Fine",
    },
  ]);
});

test("a squashed merge request with its stages, what it takes back and what it is for", async () => {
  expect(
    await rows(`
      select number, title, author, merged_by, first_commit_at, opened_at, first_review_at, approved_at, merged_at, labels, fixes, tickets, reverts, paths
      from (select c.*, r.fixes, r.tickets as stated, r.reverts, r.paths as touched from model.change as c join model.reported_change as r using (change_id)) `),
  ).toMatchObject([
    {
      number: "1",
      title: "Pay faster",
      author: "ada",
      merged_by: "grace",
      first_commit_at: "2026-01-05T08:12:00Z",
      opened_at: "2026-01-05T08:20:00Z",
      first_review_at: "2026-01-05T08:25:00Z",
      approved_at: "2026-01-05T08:26:00Z",
      merged_at: "2026-01-05T08:40:00Z",
      labels: ["hotfix"],
      fixes: ["PAY-7", "acme/pay/app#3"],
      reverts: ["9"],
      paths: ["README.md"],
    },
  ]);
});

test("incidents by type and by label; one that was opened again is not resolved", async () => {
  expect(
    await rows(
      "select native_id, service, title, severity, started_at, mitigated_at, resolved_at, caused_by from model.incident order by native_id",
    ),
  ).toEqual([
    {
      native_id: "acme/pay/app#1",
      service: "payments",
      title: "Žádné platby <b>",
      severity: "critical",
      started_at: "2026-01-05T08:00:00Z",
      mitigated_at: "2026-01-05T08:05:00Z",
      resolved_at: "2026-01-05T08:10:00Z",
      caused_by: ["4711", "abc"],
    },
    {
      native_id: "acme/pay/app#2",
      service: "payments",
      title: "Again",
      severity: "sev2",
      started_at: "2026-01-05T08:10:00Z",
      mitigated_at: null,
      resolved_at: null,
      caused_by: [],
    },
  ]);
  expect(await rows("select native_id, title, status from model.ticket")).toEqual([
    { native_id: "acme/pay/app#3", title: "A wish", status: "opened" },
  ]);
});

test("pipelines with their jobs, repeated ones included, and how long these waited", async () => {
  expect(await rows("select workflow, service, conclusion from model.pipeline_run")).toEqual([
    { workflow: "deploy", service: "payments", conclusion: "success" },
  ]);
  expect(
    await rows(
      "select name, queued_at, started_at, conclusion from model.pipeline_job order by pipeline_job_id",
    ),
  ).toEqual([
    {
      name: "deploy",
      queued_at: "2026-01-05T08:39:50Z",
      started_at: "2026-01-05T08:40:00Z",
      conclusion: "failure",
    },
    {
      name: "deploy",
      queued_at: "2026-01-05T08:45:00Z",
      started_at: "2026-01-05T08:45:00Z",
      conclusion: "success",
    },
  ]);
});

test("releases with their assets and the evidence that GitLab took", async () => {
  expect(await rows("select service, version, tag, published_at from model.release")).toEqual([
    { service: "payments", version: "1.2.0", tag: "v1.2.0", published_at: "2026-01-05T08:50:00Z" },
  ]);
  expect(await rows("select name, version, kind from model.artifact")).toEqual([
    { name: "app.tgz", version: "1.2.0", kind: "package" },
  ]);
  expect(await rows("select kind, service, outcome from model.evidence")).toEqual([
    { kind: "release_evidence", service: "payments", outcome: "collected" },
  ]);
});
