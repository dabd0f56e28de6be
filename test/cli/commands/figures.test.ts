import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CONFIG, tinyWorld, type World } from "./world.ts";

interface Metric {
  readonly metric: string;
  readonly scope_kind: string;
  readonly scope: string;
  readonly period_kind: string;
  readonly value: number | null;
  readonly n: number;
  readonly is_local_rule: boolean;
}

let world: World;

beforeAll(async () => {
  world = tinyWorld({ keep: true });
  await world.run("collect");
});

afterAll(() => world.remove());

describe("metrics", () => {
  test("of the organisation, as a table", async () => {
    const { code, out, err } = await world.run("metrics");
    expect({ code, err }).toEqual({ code: 0, err: "note: … stands where text was cut: --json or --csv has all of it\n" });
    const lines = out.split("\n");
    expect(lines[0]).toMatch(/^metric +basis +scope +period_label +value +unit +n /);
    expect(lines.slice(2, 7).map((line) => line.split(" ")[0])).toEqual([
      "deployment_frequency",
      "change_lead_time",
      "change_fail_rate",
      "failed_deployment_recovery_time",
      "deployment_rework_rate",
    ]);
  });

  test("as JSON: data and nothing else on stdout", async () => {
    const rows = await world.json<Metric>("metrics");
    expect(new Set(rows.map(({ scope_kind, scope, period_kind }) => `${scope_kind} ${scope} ${period_kind}`))).toEqual(new Set(["organisation Tiny all"]));
    expect(rows.find(({ metric }) => metric === "deployment_frequency")).toMatchObject({ n: 4, unit: "per day", row_version: "1" });
    expect(rows.find(({ metric }) => metric === "change_fail_rate")).toMatchObject({ value: 0.25, numerator: 1, denominator: 4 });
  });

  test("as CSV with the same columns", async () => {
    const { out } = await world.run("metrics", "--csv");
    const [row] = await world.json("metrics");
    expect(out.split("\n")[0]?.split(",")).toEqual(Object.keys(row ?? {}));
    expect(out.split("\n").length).toBe((await world.json("metrics")).length + 2);
  });

  test.each([
    [["--service", "api"], "service", "api", 2],
    [["--team", "front"], "team", "front", 2],
  ])("%j", async (options, scope_kind, scope, n) => {
    const rows = await world.json<Metric>("metrics", ...options, "--metric", "deployment_frequency");
    expect(rows).toEqual([expect.objectContaining({ metric: "deployment_frequency", scope_kind, scope, n }) as Metric]);
  });

  test("of every scope", async () => {
    const rows = await world.json<Metric>("metrics", "--all", "--metric", "deployment_frequency");
    expect(rows.map(({ scope }) => scope).sort()).toEqual(["Tiny", "api", "core", "front", "web"]);
  });

  test.each(["week", "month", "quarter", "year", "rolling"])("by %s", async (by) => {
    const rows = await world.json<Metric>("metrics", "--by", by);
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ period_kind }) => period_kind))).toEqual(new Set([by]));
  });

  test.each([
    [["--service", "apj"], 'there is no service "apj"; did you mean `api`?'],
    [["--service", "payments"], 'there is no service "payments"; known: api, web'],
    [["--team", "cor"], 'there is no team "cor"; did you mean `core`?'],
    [["--metric", "change_fail_ratio"], 'there is no metric "change_fail_ratio"; did you mean `change_fail_rate`?'],
    [["--by", "decade"], '--by: expected week, month, quarter, year or rolling, found "decade"'],
    [["--service", "api", "--team", "core"], "--service, --team and --all exclude each other"],
    [["--json", "--csv"], "--json and --csv exclude each other"],
  ])("%j is said to be wrong", async (options, message) => {
    expect(await world.run("metrics", ...options)).toEqual({ code: 2, out: "", err: `quarterdeck: ${message}\n` });
  });
});

// Each of these builds the model several times.
describe("the model", () => {
  const builds = () => world.inside((warehouse) => warehouse.rows("select as_of, fingerprint from raw.model_build"));

  test("is rebuilt by itself for another as-of, and not when nothing changed", async () => {
    await world.run("metrics");
    const built = await builds();
    const modified = statSync(world.path("quarterdeck.duckdb")).mtimeMs;
    await world.run("metrics");
    await world.run("explain", "change_fail_rate");
    await world.run("query");
    expect(statSync(world.path("quarterdeck.duckdb")).mtimeMs).toBe(modified);
    const rows = await world.json<Metric>("metrics", "--as-of", "2026-02-28", "--metric", "deployment_frequency");
    expect(rows[0]?.n).toBe(3);
    expect((await world.run("metrics", "--as-of", "2026-05-01")).err).toMatch(
      /^note: --as-of is 2026-05-0.*, and the last collection was 2026-0.*: nothing is known of what happened in between/,
    );
    expect(await builds()).not.toEqual(built);
    expect((await world.json<Metric>("metrics", "--metric", "deployment_frequency"))[0]?.n).toBe(4);
    expect(await builds()).toEqual(built);
  });

  test("is rebuilt after new data and after another configuration", async () => {
    const own = tinyWorld();
    const frequency = async () => (await own.json<Metric>("metrics", "--metric", "deployment_frequency"))[0]?.n;
    await own.run("collect");
    expect(await frequency()).toBe(4);
    own.write("data/deployments-2.csv", "id,service,environment,finished_at,status\nd5,api,production,2026-03-10T10:00:00Z,success\n");
    await own.run("collect");
    expect(await frequency()).toBe(5);
    own.write("quarterdeck.yaml", `${CONFIG}metrics:\n  exclude_deployments:\n    - { id: d5, reason: a test }\n`);
    expect(await frequency()).toBe(4);
  });

  test.each(["metrics", "explain", "query", "verify", "build"])("before anything was collected %s says so", async (command) => {
    const own = tinyWorld();
    expect(await own.run(command)).toEqual({
      code: 2,
      out: "",
      err: `quarterdeck: there is no database at ${own.path("quarterdeck.duckdb")}: run \`quarterdeck collect\` first\n`,
    });
    expect(existsSync(own.path("quarterdeck.duckdb"))).toBe(false);
  });
});

describe("explain", () => {
  test("a metric: its rule, version, SQL and rows", async () => {
    const { code, out } = await world.run("explain", "deployment_frequency", "--limit", "2");
    expect(code).toBe(0);
    expect(out).toMatch(/^Deployment frequency \(deployment_frequency\)\n\nRule: .*\nVersion: \d+\n[^]*Relation: metrics\.deployment_frequency\n\nwith [^]*\nRows of model\.wave:\nwave_id /);
    expect(out.trimEnd().split("\n").slice(-2).map((line) => line.split(" ")[0])).toEqual(["data:d1", "data:d2"]);
  });

  test("every metric that is printed can be explained", async () => {
    const names = new Set((await world.json<Metric>("metrics")).map(({ metric }) => metric));
    for (const name of names) expect(await world.run("explain", name, "--json")).toMatchObject({ code: 0, err: "" });
  });

  test("a metric by what people call it, where that is one", async () => {
    expect((await world.run("explain", "Lead time")).out).toContain("Change lead time (change_lead_time)\n");
    expect((await world.run("explain", "fail rate")).out).toContain("(change_fail_rate)\n");
    // Of two metrics, and of a part of a word.
    for (const name of ["time", "ail rat"]) expect((await world.run("explain", name)).err).toContain(`there is nothing named "${name}"`);
  });

  test("the rows of one service, as JSON", async () => {
    const { out } = await world.run("explain", "deployment_frequency", "--service", "web", "--json");
    const document = JSON.parse(out) as { rows: { service: string }[] };
    expect(document).toMatchObject({ name: "deployment_frequency", facts: "model.wave", is_local_rule: false });
    expect(document.rows.map(({ service }) => service)).toEqual(["web", "web"]);
  });

  test("a relation, by its name or in full", async () => {
    const short = await world.run("explain", "incident");
    expect(short.out).toContain("Relation: model.incident\n");
    expect((await world.run("explain", "model.incident")).out).toBe(short.out.replace("(incident)", "(model.incident)"));
  });

  test("the list of what there is", async () => {
    const { out } = await world.run("explain");
    expect(out).toMatch(/^Metrics:\n {2}deployment_frequency\n[^]*\nRelations:\n[^]* {2}model\.wave +\S/);
  });

  test.each([
    [["change_fail_rat"], 'there is nothing named "change_fail_rat"; did you mean `change_fail_rate`?'],
    [["constructor"], 'there is nothing named "constructor"; `quarterdeck explain` lists what there is'],
    [["change_fail_rate", "--service", "wep"], 'there is no service "wep"; did you mean `web`?'],
    [["organisation", "--service", "web"], "model.organisation has no rows by service: leave out --service"],
    [["wave", "--limit", "many"], '--limit: expected a whole number, found "many"'],
  ])("%j is said to be wrong", async (args, message) => {
    expect(await world.run("explain", ...args)).toEqual({ code: 2, out: "", err: `quarterdeck: ${message}\n` });
  });
});

describe("query", () => {
  test("lists the relations, views too", async () => {
    const relations = (await world.json<{ relation: string }>("query")).map(({ relation }) => relation);
    expect(relations).toEqual(expect.arrayContaining(["model.wave", "raw.record", "raw.current", "raw.current_rejected_row"]));
    expect(relations).toEqual(relations.toSorted());
  });

  test("a relation by its name, or in full", async () => {
    const rows = await world.json("query", "wave");
    expect(rows.length).toBe(4);
    expect(await world.json("query", "model.wave")).toEqual(rows);
  });

  test.each([
    ["select service, count(*) as n from model.wave group by service order by service;", [{ service: "api", n: 2 }, { service: "web", n: 2 }]],
    ["with x as (select 1 as a) select a, a as a from x", [{ a: 1, "a:1": 1 }]],
    ["values (1)", [{ col0: 1 }]],
    ["select getvariable('as_of') is not null as known, 2::hugeint ** 70 > 1 as big, 9007199254740993 as exact", [{ known: true, big: true, exact: "9007199254740993" }]],
    ["select 'infinity'::timestamptz as a, null as b, [1.5] as c, 'nan'::double as d, -0.25 as e", [{ a: "infinity", b: null, c: [1.5], d: "NaN", e: -0.25 }]],
    ["select 1 as a where false", []],
  ])("%s", async (sql, rows) => {
    expect(await world.json("query", sql)).toEqual(rows);
  });

  test("describe, summarize and explain are questions too", async () => {
    for (const sql of ["describe model.wave", "summarize model.wave", "explain select 1", "EXPLAIN ANALYZE select 1"]) {
      expect((await world.run("query", sql)).code).toBe(0);
    }
  });

  test("as a table that cannot speak to the terminal", async () => {
    const { out } = await world.run("query", "select 'a' || chr(27) || '[2J' || chr(10) || 'b' as \"x\", 7 as n, '🚢' as ship, 1 as z");
    expect(out).toBe("x        n  ship  z\n-------  -  ----  -\na\uFFFD[2J b  7  🚢     1\n");
  });

  test("as JSON that cannot either, and says the same", async () => {
    const { out } = await world.run("query", "select chr(155) || '2J' || chr(8238) as x", "--json");
    expect(out).toContain('"\\u009b2J\\u202e"');
    expect(JSON.parse(out)).toEqual([{ x: "\u009b2J\u202e" }]);
  });

  test("as CSV that no spreadsheet runs", async () => {
    const { out } = await world.run("query", "select '=1+1' as a, '-2' as b, -2 as c, '@x' as d, 'x,\"y' as e, ['=1'] as f", "--csv");
    expect(out).toBe("a,b,c,d,e,f\n'=1+1,'-2,-2,'@x,\"x,\"\"y\",'=1\n");
  });

  test("as CSV without rows has its header", async () => {
    expect((await world.run("query", "select 1 as a, 2 as b where false", "--csv")).out).toBe("a,b\n");
  });

  test.each([
    ["delete from raw.record", "query: expected a SELECT, which changes nothing"],
    ["insert into raw.run values (1)", "query: expected a SELECT, which changes nothing"],
    ["pragma database_list", "query: expected a SELECT, which changes nothing"],
    ["set memory_limit = '100GB'", "query: expected a SELECT, which changes nothing"],
    ["copy (select 1) to 'x.csv'", "query: expected a SELECT, which changes nothing"],
    ["attach 'x.duckdb'", "query: expected a SELECT, which changes nothing"],
    ["install httpfs", "query: expected a SELECT, which changes nothing"],
    ["explain delete from raw.record", "query: expected a SELECT, which changes nothing"],
    ["explain analyze delete from raw.record", "query: expected a SELECT, which changes nothing"],
    ["select 1; select 2", "query: expected one SELECT, found 2 statements"],
    ["select 1; drop table raw.record", "query: expected a SELECT, which changes nothing"],
    ["", "query: expected one SELECT, found 0 statements"],
    ["select * from read_csv('/etc/passwd')", "query: read_csv() is not allowed: a query reads tables of the database and nothing else"],
    ["select * from enable_logging()", "query: enable_logging() is not allowed: a query reads tables of the database and nothing else"],
    ["select sleep_ms(1)", "query: sleep_ms() is not allowed: a query reads tables of the database and nothing else"],
    ["selec 1 x", 'query: syntax error at or near "selec"'],
    ["wvae", "there is no relation wvae; did you mean `wave`?"],
    ["model.wvae", "there is no relation model.wvae; did you mean `model.wave`?"],
    ["qqqqqq", "there is no relation qqqqqq; `quarterdeck query` lists them"],
  ])("%s is refused", async (sql, message) => {
    expect(await world.run("query", sql)).toEqual({ code: 2, out: "", err: `quarterdeck: ${message}\n` });
  });

  test.each([
    ["select nosuch from model.wave", /^quarterdeck: Binder Error: Referenced column "nosuch" not found/],
    ["select * from '/etc/passwd'", /^quarterdeck: (Permission|Catalog) Error: /],
    ["select cast('x' as integer)", /^quarterdeck: Conversion Error: /],
    ["select * from model.nosuch", /^quarterdeck: Catalog Error: Table with name nosuch does not exist/],
    ["select error('out of it')", /^quarterdeck: Invalid Input Error: out of it/],
  ])("%s fails in DuckDB's words, and is no bug", async (sql, message) => {
    const { code, out, err } = await world.run("query", sql);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
    expect(err).not.toMatch(/this is a bug|\n\s+at /);
  });
});

describe("a user's own queries", () => {
  const RULE = "/*\ntitle: Recovery\nrule: somebody's own\nversion: 9\n*/\n";

  test("replace a rule: exactly its metrics are marked, and the hash is kept; a relation of their own marks none", async () => {
    const own = tinyWorld();
    await own.run("collect");
    const product = readFileSync(new URL("../../../queries/metrics/recovery_fact.sql", import.meta.url), "utf8");
    own.write("queries/metrics/recovery_fact.sql", RULE + product.slice(product.indexOf("*/") + 2));
    own.write("queries/reports/busiest_day.sql", "/*\ntitle: Busiest day\n*/\nselect max(live_at) as day from model.wave\n");
    const rows = await own.json<Metric>("metrics", "--all");
    const marked = new Set(rows.filter(({ is_local_rule }) => is_local_rule).map(({ metric }) => metric));
    expect(marked).toEqual(new Set(["failed_deployment_recovery_time"]));
    const rules = await own.json<{ relation: string; file: string; sha256: string }>("query", "select * from raw.local_rule order by relation");
    expect(rules).toMatchObject([
      { relation: "metrics.recovery_fact", file: "metrics/recovery_fact.sql" },
      { relation: "reports.busiest_day", file: "reports/busiest_day.sql", affects: ["reports.busiest_day"] },
    ]);
    expect((await own.run("explain", "failed_deployment_recovery_time")).out).toContain(
      `Relation: metrics.recovery_fact (local rule, SHA-256 ${rules[0]?.sha256 ?? ""})\n`,
    );
    expect(await own.json("query", "busiest_day")).toEqual([{ day: "2026-03-03T10:00:00Z" }]);
    expect((await own.run("explain", "busiest_day")).out).toMatch(/^Busiest day \(busiest_day\)\n\nRelation: reports\.busiest_day \(local rule, SHA-256 /);
  });

  test("that break the product's: both are named, and the figures of before stay", async () => {
    const own = tinyWorld();
    await own.run("collect");
    const before = await own.run("metrics", "--json");
    own.write("queries/model/team.sql", "/*\ntitle: Teams\n*/\nselect 'core' as squad\n");
    const { code, out, err } = await own.run("metrics");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^quarterdeck: \S+\.sql(:\d+)?: .+; it reads model\.team, made by model\/team\.sql \(local rule\)\n$/);
    rmSync(own.path("queries"), { recursive: true });
    expect(await own.run("metrics", "--json")).toEqual(before);
  });

  test("in a folder that is named and is not there", async () => {
    const own = tinyWorld({ config: `${CONFIG}queries: rules\n` });
    await own.run("collect");
    expect(await own.run("metrics")).toEqual({
      code: 2,
      out: "",
      err: `quarterdeck: there is no folder ${own.path("rules")}: create it, or correct \`queries\` in quarterdeck.yaml\n`,
    });
  });
});
