import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES, readEngine, type EngineName } from "../../src/dialect/engine.ts";
import { translated } from "../../src/dialect/translate.ts";
import { withWords } from "../../src/dialect/words.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { tinyWorld } from "../cli/commands/world.ts";

let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await openWarehouse(":memory:", { mode: "write" });
});

afterAll(() => warehouse.close());

async function said(engine: EngineName, sql: string): Promise<string> {
  const { sql: text, constructs } = await translated(warehouse, readEngine(engine), sql);
  expect(constructs).toEqual([]);
  return text.replaceAll(/\s+/g, " ");
}

test("words stand for marked calls, within each other too, and texts are left alone", () => {
  const words = {
    len: "cardinality($1)",
    "greatest/2": "pair($1, $2)",
    greatest: "greatest($*)",
    setting: "(select $1 from s)",
  };
  expect(withWords("select QD_LEN(qd_setting(a)), 'qd_len(x)', my_qd_len(x)", words)).toBe(
    "select cardinality((select a from s)), 'qd_len(x)', my_qd_len(x)",
  );
  expect(withWords("qd_greatest(a, f(b, c)) + qd_greatest(a, b, 'x,)')", words)).toBe(
    "pair(a, f(b, c)) + greatest(a, b, 'x,)')",
  );
  expect(withWords("qd_other(qd_len(a))", words)).toBe("qd_other(cardinality(a))");
});

describe("forms of DuckDB's own, as PostgreSQL says them", () => {
  test.each([
    ["select getvariable('as_of') as x", "(select as_of from quarterdeck.setting) AS x"],
    ["select a // 60 as x from t", "quarterdeck.div(a, 60)"],
    ["select a / b as x from t", "CAST(a AS DOUBLE PRECISION) / NULLIF(b, 0)"],
    ["select a glob b as x from t", "quarterdeck.glob(a, b)"],
    ["select sum(a) filter (where b) as x from t", "SUM(CASE WHEN ( b ) THEN ( a ) ELSE NULL END)"],
    ["select count(*) filter (where b) as x from t", "COUNT(CASE WHEN ( b ) THEN ( 1 ) ELSE NULL END)"],
    [
      "select string_agg(a, ', ' order by b) as x from t",
      "array_to_string(ARRAY_AGG(a ORDER BY b) FILTER(WHERE",
    ],
    ["select flatten(list(a order by b)) as x from t", "quarterdeck.concat_agg(a ORDER BY b)"],
    ["select list(a order by a desc) as x from t", "ARRAY_AGG(a ORDER BY a DESC NULLS LAST)"],
    [
      "select max_by(a, struct_pack(p := b, q := c)) as x from t",
      "(ARRAY_AGG(a ORDER BY b DESC, c DESC) FILTER(WHERE",
    ],
    [
      "select list_filter(a, lambda k: k <> 'x') as x from t",
      "unnest(a) with ordinality as entry(k, qd_place) where ( k <> 'x' )",
    ],
    ["select []::varchar[] as x", "CAST('{}' AS TEXT[])"],
    [
      "select date_diff('second', a, b) as x from t",
      "extract(epoch from date_trunc('second', b) - date_trunc('second', a))::bigint",
    ],
    ["select strftime(a, '%Y-%m') as x from t", "to_char(a, 'YYYY-MM')"],
    [
      "select percentile_cont(0.5) within group (order by a) as x from t",
      "percentile_cont(0.5) within group (order by a)",
    ],
    ["select j -> '$.a' as x from t", "quarterdeck.json_extract((j)::jsonb, '$.a')"],
    ["select a.x from a cross join b left join c on c.x = a.x", "INNER JOIN b ON ( ( 1 = 1 ) ) LEFT JOIN c"],
    ["select x from (select 1 as x)", "AS part_"],
  ])("%s", async (sql, words) => {
    expect(await said("postgres", sql)).toContain(words);
  });
});

test("what an engine cannot express is told, all of it", async () => {
  const sql =
    "with recursive r as (select 1 as n union all select n + 1 from r where n < 3) select lgamma(n) as g, unnest(range(n, 3)) as u, struct_pack(a := n) as s from r";
  expect((await translated(warehouse, readEngine("trino"), sql)).constructs).toEqual([
    ...["lgamma()", "struct_pack()", "list unfolded beside other columns", "recursive query"],
  ]);
});

test.each(ENGINES)("%s has words for settings and lists", async (engine) => {
  expect(await said(engine, "select len(list_sort(getvariable('kinds'))) as n")).toContain(
    "quarterdeck.setting",
  );
});

test("a catalogue that is no file is refused, and told where to read on", async () => {
  const { code, err } = await tinyWorld({ config: "organisation: Tiny\ndatabase: md:quarterdeck\n" }).run(
    "metrics",
  );
  expect(code).toBe(2);
  expect(err).toContain("`database` names md:, which is not opened: name a DuckDB file");
});

test("an engine that is not known is refused by name", async () => {
  const { code, err } = await tinyWorld().run("sql", "--dialect", "oracle");
  expect(code).toBe(2);
  expect(err).toContain("--dialect: expected");
});
