import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  entities,
  entityOf,
  type Column,
  type ColumnType,
  type EntityName,
} from "../../../collectors/files/entities.ts";
import { packageRoot } from "../../../src/package-root.ts";

const directory = join(packageRoot, "queries/staging/files");
const query = (name: string) => readFileSync(join(directory, `${name}.sql`), "utf8");

const STORED: Readonly<Record<ColumnType, string>> = {
  text: "VARCHAR",
  integer: "BIGINT",
  number: "DOUBLE",
  boolean: "BOOLEAN",
  timestamp: "TIMESTAMP WITH TIME ZONE",
  date: "DATE",
  list: "VARCHAR[]",
  json: "JSON",
};

/** A value of the type as the collector yields it, and as the staging table gives it back. */
const SAMPLE: Readonly<Record<ColumnType, readonly [yielded: unknown, staged: unknown]>> = {
  text: ['it\'s "x"', 'it\'s "x"'],
  integer: [42, "42"],
  number: [0.25, 0.25],
  boolean: [true, true],
  timestamp: ["2026-01-31T12:00:00.250Z", "2026-01-31 12:00:00.25+00"],
  date: ["2026-01-31", "2026-01-31"],
  list: [
    ["a;b", "c"],
    ["a;b", "c"],
  ],
  json: [{ a: [1, null] }, '{"a":[1,null]}'],
};

let connection: DuckDBConnection;

beforeAll(async () => {
  connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run("set TimeZone = 'UTC'");
  await connection.run("create schema raw");
  await connection.run("create schema staging");
  await connection.run(readFileSync(join(packageRoot, "src/warehouse/sql/readable.sql"), "utf8"));
  await connection.run(
    "create table raw.current (source varchar, stream varchar, key varchar, updated_at timestamptz, payload json)",
  );
  await connection.run("create table staging.source (source varchar, collector varchar, options json)");
  await connection.run("insert into staging.source values ('a', 'files', '{}'), ('b', 'github', '{}')");
});

afterAll(() => {
  connection.closeSync();
});

const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();

const insert = (source: string, stream: string, payload: object) =>
  connection.run("insert into raw.current values (?, ?, 'k', null, ?)", [
    source,
    stream,
    JSON.stringify(payload),
  ]);

/** Read what records of other names say too. */
const OF_SEVERAL = ["completeness", "identity", "incident_label", "incident_text", "process_act"];

test("every entity has its query, and every query its entity", () => {
  const expected = [...Object.keys(entities), ...OF_SEVERAL].map((name) => `files_${name}.sql`);
  expect(readdirSync(directory).sort()).toEqual(expected.sort());
});

describe.each(Object.keys(entities) as EntityName[])("%s", (entity) => {
  const columns = Object.entries(entityOf(entity).columns);
  const samples = (side: 0 | 1) =>
    Object.fromEntries(columns.map(([name, { type, typed }]: [string, Column]) => [name, typed === "quarter" ? "2026-Q1" : SAMPLE[type][side]]));

  test("has the columns of the catalogue with their types", async () => {
    const described = await rows(`describe ${query(`files_${entity}`)}`);
    expect(described.map(({ column_name, column_type }) => [column_name, column_type])).toEqual([
      ["source", "VARCHAR"],
      ...columns.map(([name, { type }]: [string, Column]) => [name, STORED[type]]),
    ]);
  });

  test("gives back what the collector yields, from files only", async () => {
    await insert("a", entity, samples(0));
    await insert("a", entity, {});
    await insert("b", entity, samples(0));
    const staged = await rows(query(`files_${entity}`));
    const empty = Object.fromEntries(columns.map(([name]) => [name, null]));
    expect(staged).toEqual([
      { source: "a", ...samples(1) },
      { source: "a", ...empty },
    ]);
  });
});

test("completeness is one row per service, null for all", async () => {
  const complete = [
    { entity: "incident", services: "all", asserted_by: "ann", asserted_at: "2026-04-02" },
    {
      entity: "deployment",
      services: ["web", "api"],
      from: "2026-01-01",
      until: "2026-04-01",
      asserted_by: "bob",
    },
    { entity: "change", asserted_by: "cy" },
  ];
  await connection.run("insert into staging.source values ('c', 'files', ?), ('d', 'unknown', ?)", [
    JSON.stringify({ collector: "files", complete }),
    JSON.stringify({ complete }),
  ]);
  expect(await rows(query("files_completeness"))).toEqual([
    { source: "c", entity: "change", service: null, from_day: null, until_day: null, asserted_by: "cy", asserted_at: null, basis: null },
    {
      source: "c",
      entity: "deployment",
      service: "api",
      from_day: "2026-01-01",
      until_day: "2026-04-01",
      asserted_by: "bob", asserted_at: null, basis: null,
    },
    {
      source: "c",
      entity: "deployment",
      service: "web",
      from_day: "2026-01-01",
      until_day: "2026-04-01",
      asserted_by: "bob", asserted_at: null, basis: null,
    },
    { source: "c", entity: "incident", service: null, from_day: null, until_day: null, asserted_by: "ann", asserted_at: "2026-04-02", basis: null },
  ]);
});
