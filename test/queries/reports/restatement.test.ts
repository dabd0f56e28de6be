import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { packageRoot } from "../../../src/package-root.ts";
import { productVersion } from "../../../src/product-version.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { recordPublication, type Recorded } from "../../../src/warehouse/publication.ts";
import { temporaryFolder } from "../../cli/commands/world.ts";
import { given, goOn, modelInput, type History } from "../../support/history.ts";

// Each builds the model several times.
vi.setConfig({ testTimeout: 120_000 });

const HEAD = "id|service|environment|version|finished_at|status";

/** Two deployments of January 2026: two in 31 days. */
const JANUARY = `${HEAD}
d1|api|production|1.0|2026-01-05T10:00:00Z|success
d2|api|production|1.1|2026-01-20T10:00:00Z|success`;

const FIRST: History = {
  config: { services: { api: { repository: "api", active_from: "2026-01-01" } } },
  asOf: "2026-02-01T00:00:00Z",
  data: { deployment: JANUARY },
  whole: true,
  only: [
    ...["reports.publication", "reports.published_figure", "reports.moved_figure", "reports.restatement", "reports.control_change"],
    ...["reports.configuration_change", "model.judgement"],
  ],
};

async function published(history: History): Promise<Warehouse> {
  const warehouse = await given(history);
  onTestFinished(() => warehouse.close());
  expect(await recordPublication(warehouse, modelInput(history))).toBe("recorded");
  return warehouse;
}

async function publishedAgain(warehouse: Warehouse, history: History): Promise<Recorded> {
  await goOn(warehouse, history);
  return recordPublication(warehouse, modelInput(history));
}

/** What moved of the service's January, as `metric: old (n) -> new (n): reasons`. */
async function moved(warehouse: Warehouse, metric = "deployment_frequency", period = "2026-01"): Promise<string[]> {
  const rows = await warehouse.rows<Record<string, unknown> & { reasons: string[] }>(
    `select publication, round(old_value * 31, 3) as old, old_n, round(new_value * 31, 3) as new, new_n, new_status, reasons
     from reports.restatement where scope_kind = 'service' and metric = ? and period_label = ? order by publication`,
    [metric, period],
  );
  return rows.map(
    (row) =>
      `${String(row["publication"])}: ${String(row["old"])} (${String(row["old_n"])}) -> ${String(row["new"])} (${String(row["new_n"])}) ` +
      `${String(row["new_status"])}: ${row.reasons.join("; ")}`,
  );
}

const count = async (warehouse: Warehouse, table: string) =>
  (await warehouse.rows<{ rows: number }>(`select count(*) as rows from ${table}`))[0]?.rows;

test("a first build restates nothing, and a rebuild leaves no trace", async () => {
  const warehouse = await published(FIRST);
  expect(await count(warehouse, "reports.restatement")).toBe(0);
  const kept = await count(warehouse, "raw.published_figure");
  expect(kept).toBeGreaterThan(0);
  expect(await recordPublication(warehouse, modelInput(FIRST))).toBe("known");
  // The model made anew sees itself as what was published last.
  await goOn(warehouse, { ...FIRST, data: {}, asOf: "2026-01-15T00:00:00Z", collectedAt: FIRST.asOf });
  await goOn(warehouse, { ...FIRST, data: {} });
  expect(await recordPublication(warehouse, modelInput(FIRST))).toBe("known");
  expect(await count(warehouse, "raw.publication")).toBe(1);
  expect(await count(warehouse, "raw.published_figure")).toBe(kept);
});

test("a deployment that comes late is named with its source, stream and number", async () => {
  const warehouse = await published(FIRST);
  const late = `${HEAD}
d3|api|production|1.2|2026-01-25T10:00:00Z|success
d4|api|production|1.3|2026-02-03T10:00:00Z|success`;
  const second = { ...FIRST, asOf: "2026-02-10T00:00:00Z", data: { deployment: late } };
  expect(await publishedAgain(warehouse, second)).toBe("recorded");
  const said = ["2: 2 (2) -> 3 (3) ok: late or corrected data: 1 deployment record from data"];
  expect(await moved(warehouse)).toEqual(said);
  // Built again from what was recorded, the history reads the same.
  const before = await warehouse.rows("from reports.restatement order by rowid");
  await goOn(warehouse, { ...second, data: {}, asOf: "2026-02-05T00:00:00Z" });
  await goOn(warehouse, { ...second, data: {} });
  expect(await warehouse.rows("from reports.restatement order by rowid")).toEqual(before);
});

test("what happens after the earlier as-of restates nothing, and figures that stay are kept once", async () => {
  const warehouse = await published(FIRST);
  const january = await count(warehouse, "raw.published_figure");
  const february = `${HEAD}\nd4|api|production|1.3|2026-02-03T10:00:00Z|success`;
  await publishedAgain(warehouse, { ...FIRST, asOf: "2026-02-08T00:00:00Z", data: { deployment: february } });
  expect(await count(warehouse, "reports.restatement")).toBe(0);
  const kept = await warehouse.rows<{ periods: string; publications: number }>(
    `select string_agg(distinct period_label, ' ' order by period_label) as periods, min(publication) as publications
     from raw.published_figure where publication = 2`,
  );
  // The week of 26 January ended on 2 February; February itself is not over.
  expect(kept).toEqual([{ periods: "2026-W05", publications: 2 }]);
  expect(await count(warehouse, "raw.published_figure where publication = 1")).toBe(january);
});

test("a deployment that a person excludes is a judgement, and other configuration is named by its path", async () => {
  const warehouse = await published(FIRST);
  const config = {
    ...FIRST.config,
    metrics: { exclude_deployments: [{ id: "d2", reason: "load test", by: "Ada", at: "2026-02-02" }], wave_gap: "5h", observation_window: "6d" },
    publish: { title: "Other" },
  };
  await publishedAgain(warehouse, { ...FIRST, config, data: {} });
  expect(await moved(warehouse)).toEqual([
    "2: 2 (2) -> 1 (1) ok: a judgement: deployment d2 excluded (load test); configuration changed: metrics.wave_gap",
  ]);
  expect(await warehouse.rows("select path, old_value, new_value from reports.configuration_change order by rowid")).toEqual([
    { path: "metrics.exclude_deployments[]", old_value: null, new_value: '{"id":"d2","reason":"load test","by":"Ada","at":"2026-02-02"}' },
    { path: "metrics.observation_window", old_value: "604800", new_value: "518400" },
    { path: "metrics.wave_gap", old_value: "21600", new_value: "18000" },
    { path: "publish.title", old_value: null, new_value: "Other" },
  ]);
});

test("that rules of who is who changed is told, not whose logins they hold", async () => {
  const warehouse = await published(FIRST);
  const people = { bots: [{ login: "svc-jane", owner: "jane@acme.example" }], rules: [{ login: "jd", is: "jane@acme.example" }] };
  await publishedAgain(warehouse, { ...FIRST, config: { ...FIRST.config, people }, data: {} });
  const changes = "select path, old_value, new_value from reports.configuration_change order by rowid";
  expect(await warehouse.rows(changes)).toEqual([
    { path: "people.bots[]", old_value: null, new_value: "not shown" },
    { path: "people.rules[]", old_value: null, new_value: "not shown" },
  ]);
  warehouse.close();
});

test("a service that is configured no more withdraws its figures", async () => {
  const warehouse = await published(FIRST);
  await publishedAgain(warehouse, { ...FIRST, config: { services: { web: { repository: "web" } } }, data: {} });
  expect((await moved(warehouse))[0]).toMatch(/^2: 2 \(2\) -> null \(0\) withdrawn: configuration changed: services\.api/);
});

test("a local rule is named, when it comes and when it goes", async () => {
  const warehouse = await published(FIRST);
  const folder = temporaryFolder();
  mkdirSync(join(folder, "metrics"));
  const product = readFileSync(join(packageRoot, "queries/metrics/deployment_frequency.sql"), "utf8");
  const own = product.replace("title: Deployment frequency", "title: Nothing happened\nby: Ada\nat: 2026-02-03\nreason: a test");
  writeFileSync(join(folder, "metrics/deployment_frequency.sql"), own.replace("from model.wave as w", "from (from model.wave where version = '1.0') as w"));
  await publishedAgain(warehouse, { ...FIRST, data: {}, localQueries: folder });
  expect(await warehouse.rows("select kind, what, reason, decided_by, decided_at from model.judgement where kind = 'local rule'")).toEqual([
    {
      kind: "local rule",
      what: "metrics.deployment_frequency, from metrics/deployment_frequency.sql",
      reason: "a test",
      decided_by: "Ada",
      decided_at: "2026-02-03",
    },
  ]);
  await publishedAgain(warehouse, { ...FIRST, data: {} });
  expect(await moved(warehouse)).toEqual([
    "2: 2 (2) -> 1 (1) ok: local rule metrics.deployment_frequency added",
    "3: 1 (1) -> 2 (2) ok: local rule metrics.deployment_frequency removed",
  ]);
  // What the rule has no part in stays.
  expect(await moved(warehouse, "deployment_days_per_week")).toEqual([]);
});

test("another version of the rule, in another version of the product", async () => {
  const warehouse = await published(FIRST);
  // What an older product would have recorded.
  await warehouse.run("update raw.published_figure set rule_version = '0', value = value / 2 where metric = 'deployment_frequency'");
  await warehouse.run("update raw.publication set product_version = '0.0.9', queries_sha256 = 'old'");
  await warehouse.run(
    `update raw.published_query set queries_sha256 = 'old',
       sha256 = case when relation in ('metrics.deployment_frequency', 'metrics.outcome_rate') then 'old' else sha256 end`,
  );
  await publishedAgain(warehouse, { ...FIRST, data: {} });
  expect(await moved(warehouse)).toEqual([
    `2: 1 (2) -> 2 (2) ok: rule version 0 became 1; Quarterdeck 0.0.9 became ${productVersion} and changed metrics.deployment_frequency`,
  ]);
});

test("digits beyond the twelve that are published restate nothing", async () => {
  const warehouse = await published(FIRST);
  await warehouse.run("update raw.published_figure set value = value * (1 + 1e-13)");
  await publishedAgain(warehouse, { ...FIRST, asOf: "2026-02-01T00:00:01Z", data: {} });
  expect(await count(warehouse, "reports.restatement")).toBe(0);
});

test("outcomes that were pending settle", async () => {
  const history: History = { ...FIRST, complete: ["incident"], data: { deployment: JANUARY.replace("2026-01-20", "2026-01-30") } };
  const warehouse = await published(history);
  await publishedAgain(warehouse, { ...history, asOf: "2026-02-10T00:00:00Z", data: {} });
  expect(await moved(warehouse, "change_fail_rate")).toEqual(["2: 0 (1) -> 0 (2) ok: 1 outcome was still pending"]);
});

test("a look back is compared with what was published then, and recorded nowhere", async () => {
  const warehouse = await published(FIRST);
  const march = { ...FIRST, asOf: "2026-03-01T00:00:00Z", data: { deployment: `${HEAD}\nd3|api|production|1.2|2026-01-25T10:00:00Z|success` } };
  await publishedAgain(warehouse, march);
  const back = { ...FIRST, asOf: "2026-02-15T00:00:00Z", data: {}, collectedAt: march.asOf };
  expect(await publishedAgain(warehouse, back)).toBe("look back");
  expect(await moved(warehouse)).toEqual(["3: 2 (2) -> 3 (3) ok: late or corrected data: 1 deployment record from data"]);
  expect(await count(warehouse, "raw.publication")).toBe(2);
  // And it restates nothing of what comes after it.
  expect(await publishedAgain(warehouse, { ...march, asOf: "2026-03-02T00:00:00Z", data: {} })).toBe("recorded");
  expect((await moved(warehouse)).map((line) => line.slice(0, 2))).toEqual(["2:"]);
  // Nor is it one where a clock was ahead and is right again.
  expect(await publishedAgain(warehouse, { ...march, asOf: "2036-03-02T00:00:00Z", data: {} })).toBe("recorded");
  expect(await publishedAgain(warehouse, { ...march, asOf: "2026-03-03T00:00:00Z", data: {} })).toBe("recorded");
});

test("a verdict on a link is called a person's word, and no late data", async () => {
  const incident = "id|service|started_at|resolved_at\ni1|api|2026-01-05T11:00:00Z|2026-01-05T12:00:00Z";
  const history: History = { ...FIRST, complete: ["incident"], data: { deployment: JANUARY, incident } };
  const warehouse = await published(history);
  const incident_link_verdict = "incident|deployment|verdict|by|at|reason\ni1|d1|reject|ana|2026-01-06T10:00:00Z|The provider was down";
  const data = { deployment: JANUARY, incident, incident_link_verdict };
  expect(await publishedAgain(warehouse, { ...history, asOf: "2026-02-10T00:00:00Z", data })).toBe("recorded");
  const said = await moved(warehouse, "change_fail_rate");
  expect(said.join()).toContain("a person's word: 1 verdict on links from data");
  expect(said.join()).not.toContain("late or corrected data: 1 incident link verdict");
});
