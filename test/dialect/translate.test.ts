import { Dialect, parse } from "@polyglot-sql/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES, readEngine, type EngineName } from "../../src/dialect/engine.ts";
import { neutralSql } from "../../src/dialect/neutral.ts";
import { sharedPattern } from "../../src/dialect/pattern.ts";
import { scriptFor } from "../../src/dialect/script.ts";
import { translated } from "../../src/dialect/translate.ts";
import { withWords } from "../../src/dialect/words.ts";
import type { OrderedQueries } from "../../src/warehouse/dependencies.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import type { QueryFile } from "../../src/warehouse/query-file.ts";
import { tinyWorld } from "../cli/commands/world.ts";
import { inDuckdb } from "./duckdb.ts";

const DIALECT: Readonly<Record<EngineName, Dialect>> = {
  ...{ spark: Dialect.Spark, trino: Dialect.Trino, snowflake: Dialect.Snowflake, bigquery: Dialect.BigQuery },
  postgres: Dialect.PostgreSQL,
};

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
    ["select a / b as x from t", "cast(a as double precision) / nullif(b, 0)"],
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

/** What only DuckDB writes so, and the rewrites that all engines share: run as they were and as they became. */
describe("a neutral form has the same rows in DuckDB", () => {
  beforeAll(async () => {
    await warehouse.run(`create schema quarterdeck;
      create table quarterdeck.setting as select ['X', 'y'] as kinds, 2 as step;
      set variable kinds = ['X', 'y']; set variable step = 2; set variable clock = 'Europe/Berlin';
      create table t (n integer, k integer, l varchar[], m varchar[], a varchar, moment timestamptz);
      insert into t values
        (1, 3, ['b', null, 'a'], ['p'], e'Revert "Fix (#12)"\\nThis $ends. v1', '2026-03-29 00:30:00.123456+00'),
        (2, null, [], ['q', 'r'], 'vv Release 2.0', '2026-03-29 02:30:00+00'),
        (3, 1, null, null, null, null),
        (4, 1, ['a'], ['s', 't', 'u'], e'a\\tb  c', '2025-12-31 23:30:00+00')`);
  });

  test.each([
    "select n, unnest(l) as x from t where n < 4",
    "select distinct lower(unnest(getvariable('kinds'))) as kind",
    "select *, unnest([n + getvariable('step'), n]) as s from t",
    "select n, unnest(l) as x, generate_subscripts(l, 1) as place from t",
    "select n, unnest(l) as x, unnest(m) as y from t",
    "select unnest(['a', 'b']) as x, unnest(['c', 'd', 'e']) as y",
    "select n, unnest(generate_series(n, 2)) as x from t",
    "select (select count(*) from (select unnest(t.l) as x) as u) as entries from t",
    "select list(a order by k desc, n) as x, list(n order by k nulls first, n desc) as y from t",
    "select list(a order by n) filter (where n > 5) as nothing, list(a order by n)[2] as second from t",
    "select string_agg(a, '|' order by n) as x, min_by(a, n) as y, max_by(n, struct_pack(k := k, n := n)) as z from t",
    "select n, n / 2 as half, trim(a) as x, ltrim(a, 'v') as y, rtrim(a, '1c.') as z from t",
    "select n, regexp_matches(a, '^\\w+\\s.*\\d$') as x, regexp_full_match(a, '[^\\s]\\S.*') as y, regexp_matches(a, 'VV', 'i') as z from t",
    "select n, regexp_extract(a, '(a|R)[a-z]+ \"(F[^\"]*) \\(#(\\d+)\\)', 3) as x, regexp_extract(a, '(\\d)\\.(\\d)') as y, regexp_extract_all(a, '(\\w)(\\d+)', 2) as z from t",
    "select n, regexp_replace(a, '^(v+)\\s(.)', '\\2$\\1') as x, regexp_replace(a, '[^\\p{L}\\p{N}]+', ' ', 'g') as y, regexp_replace(a, '[a-e]', '') as z from t",
    "select n, timezone(getvariable('clock'), moment) as local, timezone(getvariable('clock'), date_trunc('month', timezone(getvariable('clock'), moment)::timestamp) + interval 1 month) as next, strptime('2026-02-28', '%Y-%m-%d') as day from t",
    "select n, format('{:,}', n * 1234567) as x, date_diff('day', moment, timestamptz '2026-01-01') as y, strftime(moment, '%G-W%V') as z from t",
  ])("%s", async (sql) => {
    const { sql: neutral } = await neutralSql(warehouse, sql);
    expect(neutral).not.toBe(sql);
    const [before, after] = [await warehouse.rows(sql), await warehouse.rows(inDuckdb(neutral))];
    expect(before.length).toBeGreaterThan(0);
    expect(after.map(asText).sort()).toEqual(before.map(asText).sort());
  });

  test("nulls left out, and keys told apart from them, give the list that DuckDB gives", async () => {
    const sql = "select list(a order by k desc, n) filter (where a is not null and n > 0) as x from t";
    const { sql: neutral } = await neutralSql(warehouse, sql, { ignores_nulls: true });
    expect(neutral).toContain("(k IS NULL) ASC, k DESC, (n IS NULL) ASC, n)");
    const kept = `select list_filter(x, lambda e: e is not null) as x from (${inDuckdb(neutral)})`;
    expect(await warehouse.rows(kept)).toEqual(await warehouse.rows(sql));
  });

  test("what an engine's cast would cut off is rounded first, as DuckDB's cast rounds", async () => {
    const sql =
      "select epoch(moment)::bigint as x, (n / 2)::integer as y, (n / -2 + 1)::integer as y2, floor(n / 2)::bigint as z from t";
    const { sql: neutral } = await neutralSql(warehouse, sql, { casts_otherwise: true });
    expect(neutral.match(/qd_round_even/g)).toHaveLength(3);
    expect(await warehouse.rows(inDuckdb(neutral))).toEqual(await warehouse.rows(sql));
    expect(await said("spark", sql)).toContain("CAST(bround((unix_micros(moment) / 1e6)) AS BIGINT)");
  });

  test("gathered structs are sorted as DuckDB sorts within its aggregate", async () => {
    const sql = "select list(n order by k desc nulls first, a) as x from t";
    const spark = await said("spark", sql);
    const comparison = /\(one, other\) -> (CASE .* END)/.exec(spark)?.[1] ?? "";
    const rows = "(select n, k as key_1, a as key_2 from t)";
    const sorted = await warehouse.rows(
      `select list(n order by place) as x from (
        select one.n, (select count(*) from ${rows} as other where ${comparison} = 1) as place from ${rows} as one)`,
    );
    expect(comparison).toContain("one.key_2");
    expect(sorted).toEqual(await warehouse.rows(sql));
  });
});

const asText = (row: unknown) =>
  JSON.stringify(row, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));

describe("forms of the four engines that were not run", () => {
  const UNFOLDED = "select n, lower(unnest(l)) as x from t";
  const LISTED = "select list(a order by b) filter (where a is not null and c) as x from t";

  test.each<[EngineName, string, string]>([
    ["trino", UNFOLDED, "FROM t, unnest(l) AS entry_of_list(entry_of_list)"],
    ["spark", UNFOLDED, "FROM t, lateral explode(l) AS entry_of_list(entry_of_list)"],
    ["bigquery", UNFOLDED, "FROM t, unnest(l) AS entry_of_list"],
    ["trino", "select unnest([1, 2]) as x", "FROM unnest(array[1, 2]) AS entry_of_list(entry_of_list)"],
    ["spark", "select unnest([1, 2]) as x", "FROM explode(array(1, 2)) AS entry_of_list(entry_of_list)"],
    ["trino", LISTED, "ARRAY_AGG(a ORDER BY b) FILTER(WHERE"],
    ["spark", LISTED, "array_sort(COLLECT_LIST(named_struct('value', a, 'key_1', b)) FILTER(WHERE"],
    ["bigquery", LISTED, "THEN ( a ) ELSE NULL END ignore nulls ORDER BY ( b IS NULL ) ASC, b)"],
    ["trino", "select a[2] as x from t", "element_at(a, 2)"],
    ["spark", "select a[2] as x from t", "get(a, cast(2 as int) - 1)"],
    ["bigquery", "select a[2] as x from t", "a[safe_ordinal(2)]"],
    [
      "trino",
      "select greatest(a, b, c) as x from t",
      "array_max(filter(array[a, b, c], entry -> entry is not null))",
    ],
    [
      "trino",
      "select regexp_replace(a, '^v(\\d)', '\\1') as x from t",
      "regexp_replace(a, '^v([0-9])', '$1')",
    ],
    [
      "spark",
      "select regexp_replace(a, '^v(\\d)', '\\1') as x from t",
      "regexp_replace(a, '^v([0-9])', '$1')",
    ],
    [
      "bigquery",
      "select regexp_replace(a, '^v(\\d)', '\\1') as x from t",
      "regexp_replace(a, '^v([0-9])', '\\\\1')",
    ],
    ["spark", "select array_to_string(a, ''', ''') as x from t", "array_join(a, '\\', \\'')"],
    ["bigquery", "select concat_ws(', ', a, b) as x from t", "array_to_string([a, b], ', ')"],
    [
      "trino",
      "select timezone('UTC', a::timestamp) as x from t",
      "with_timezone(CAST(a AS TIMESTAMP(6)), 'UTC')",
    ],
    [
      "spark",
      "select timezone('UTC', a::timestamp) as x from t",
      "to_utc_timestamp(CAST(a AS TIMESTAMP_NTZ), 'UTC')",
    ],
    ["spark", "select timezone('UTC', a) as x from t", "from_utc_timestamp(a, 'UTC')"],
    [
      "trino",
      "select median(a) as x from t",
      "array_sort(array_agg(cast(a as double)) filter (where a is not null))",
    ],
    ["snowflake", "select epoch(a) as x from t", "date_part(epoch_microsecond, a)"],
  ])("%s: %s", async (engine, sql, words) => {
    const text = await said(engine, sql);
    expect(text).toContain(words);
    expect(parse(text, DIALECT[engine]).error).toBeNull();
  });

  test.each<[EngineName, string, string]>([
    ["spark", "select a, sum(unnest(l)) as x from t group by a", "list unfolded beside other columns"],
    ["bigquery", "select list(a) filter (where c) as x from t", "filter of array_agg()"],
    ["snowflake", "select list(a) as x from t", "array_agg() that keeps nulls"],
    ["trino", "select regexp_replace(a, 'b', 'c') as x from t", "regexp_replace() with this pattern"],
    ["trino", "select regexp_matches(a, '\\bfix') as x from t", "regexp_matches() with this pattern"],
    ["spark", "select regexp_matches(a, b) as x from t", "regexp_matches() with this pattern"],
    ["trino", "select format('{:.1f}', a) as x from t", "format()"],
    ["bigquery", "select generate_series(a, b, interval 1 day) as x from t", "generate_series()"],
    [
      "spark",
      "with recursive r as (select 1 as n union select n + 1 from r where n < 3) select n from r",
      "recursive query that drops duplicates",
    ],
  ])("%s is told to lack it: %s", async (engine, sql, construct) => {
    expect((await translated(warehouse, readEngine(engine), sql)).constructs).toContain(construct);
  });

  test("the series for the logarithm of the gamma function is exact to 1e-9", async () => {
    const series = /x -> (case .* end)\), 1\)/.exec(readEngine("trino").words["lgamma"] ?? "")?.[1] ?? "";
    const [row] = await warehouse.rows<{ worst: number }>(
      `select max(abs(${series} - lgamma(x)) / greatest(abs(lgamma(x)), 1)) as worst from (select i / 4 as x from range(2, 8000) as r(i))`,
    );
    expect(row?.worst).toBeLessThan(1e-9);
  });

  test("a glob as a pattern finds what the glob finds", async () => {
    const word = (readEngine("bigquery").words["glob"] ?? "").replaceAll("r'", "'");
    const pattern = word
      .replace("regexp_contains", "regexp_matches")
      .replace("'\\\\\\1')", "'\\\\\\1', 'g')");
    const rows = await warehouse.rows<{ is_same: boolean }>(
      `select (name glob shape) = ${withWords("qd_glob(name, shape)", { glob: pattern })} as is_same
      from (values ('release/1.2'), ('release/1x2'), ('a+b'), ('b'), ('c^$'), (e'a\\nb'), ('')) as n(name),
        (values ('release/1.*'), ('a?b'), ('[!a]'), ('[a-c]*'), ('c^$'), ('*')) as s(shape)`,
    );
    expect(rows.filter(({ is_same }) => !is_same)).toEqual([]);
    expect(rows).toHaveLength(42);
  });
});

test.each([
  ["^[\\s*&>-]*(a|b)\\d$", "^[ \\t\\n\\f\\r*&>-]*(a|b)[0-9]\\z"],
  ["(?i)\\S(?:.)\\.", "(?i)[^ \\t\\n\\f\\r](?:[^\\n])\\."],
  ...["a\\b", "(?P<n>a)", "a(?=b)", "[[:alpha:]]", "[a&&b]", "[\\S]", "[]a]", "\\Qa\\E"].map((pattern) => [
    pattern,
    undefined,
  ]),
] as [string, string | undefined][])("the pattern %s is shared as %s", (pattern, shared) => {
  expect(sharedPattern(pattern)).toBe(shared);
});

test("what an engine cannot express is an input, and what is made from it is written", async () => {
  await warehouse.run("create schema model; create table model.key as select '[]' as key");
  const file = (name: string, sql: string) =>
    ({
      file: `model/${name}.sql`,
      relation: `model.${name}`,
      layer: "model",
      sql,
      header: { title: name },
    }) as QueryFile;
  const files = [
    file("key", "select to_json([a]) as key from staging.t"),
    file("count", "select count(*) as keys from model.key"),
  ];
  const reads = new Map([["model.count", ["model.key"]]]);
  const asked = {
    warehouse,
    ordered: { files, reads } as unknown as OrderedQueries,
    settings: { step: 2 },
    isPart: true,
  };
  const script = await scriptFor(readEngine("trino"), asked);
  expect(script.problems).toEqual([{ file: "model/key.sql", construct: "to_json()" }]);
  expect([script.inputs, script.made]).toEqual([["model.key"], ["model.count"]]);
  expect(script.sql).toContain("set time zone 'UTC';");
  expect(script.sql).toContain("CREATE TABLE IF NOT EXISTS model.key");
});

test("what an engine cannot express is told, all of it", async () => {
  const sql =
    "with recursive r as (select 1 as n union all select n + 1 from r where n < 3) select to_json([n]) as g, unnest(range(n, 3)) as u, struct_pack(a := n) as s, row_number() over (order by n) as p from r";
  expect((await translated(warehouse, readEngine("trino"), sql)).constructs).toEqual([
    ...["struct_pack()", "to_json()", "list unfolded beside other columns", "recursive query"],
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
