import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { packageRoot } from "../../src/package-root.ts";
import { overlay, placeOf, readQueryFiles, type QueryFile } from "../../src/warehouse/query-file.ts";
import { temporaryFolder } from "../cli/commands/world.ts";

function read(files: Readonly<Record<string, string>>, isLocal = false): QueryFile[] {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return readQueryFiles(folder, { isLocal });
}

const GOOD = "/*\ntitle: Something\n*/\nselect 1 as a\n";

test("a query file", () => {
  const [query] = read({ "model/x.sql": "/*\ntitle: X\ngrain: one row\nversion: 2\n*/\n\n-- why\nselect 1 as a;\n" });
  expect(query).toMatchObject({
    relation: "model.x",
    layer: "model",
    name: "x",
    file: "model/x.sql",
    header: { title: "X", grain: "one row", version: "2" },
    sql: "-- why\nselect 1 as a",
    line: 7,
    isLocal: false,
  });
  expect(query?.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test("folders below a layer do not count for the name", () => {
  expect(read({ "staging/git/git_commit.sql": GOOD }).map(({ relation }) => relation)).toEqual(["staging.git_commit"]);
});

test("files made on other systems", () => {
  const [query] = read({ "model/x.sql": `\uFEFF${GOOD.replaceAll("\n", "\r\n")}` });
  expect(query).toMatchObject({ header: { title: "Something" }, sql: "select 1 as a", line: 4 });
});

describe("what is wrong is said with the file", () => {
  test.each([
    ["no header", { "model/x.sql": "select 1" }, "model/x.sql: expected a header: a comment /* title: ... */ before the SELECT"],
    ["a header after the SELECT", { "model/x.sql": "select 1 /* title: X */" }, "model/x.sql: expected a header: a comment /* title: ... */ before the SELECT"],
    ["a header without a title", { "model/x.sql": "/* grain: one row */ select 1" }, /^model\/x\.sql: title: /],
    ["an empty header", { "model/x.sql": "/* */ select 1" }, /^model\/x\.sql: header: /],
    ["an unknown key", { "model/x.sql": "/*\ntitle: X\ngrian: one row\n*/ select 1" }, /^model\/x\.sql: header: .*"grian"/],
    ["a header that is not YAML", { "model/x.sql": "/*\ntitle: [X\n*/ select 1" }, /^model\/x\.sql: the header is not YAML: [^\n]+$/],
    ["a layer that is none", { "marts/x.sql": GOOD }, "marts/x.sql: expected it in one of the folders staging, model, correlation, metrics, controls, practices, expectations, reports, publish"],
    ["no layer", { "x.sql": GOOD }, /^x\.sql: expected it in one of the folders staging, /],
    ["a name that cannot be a table", { "model/X-1.sql": GOOD }, "model/X-1.sql: the name becomes a table: use lower-case letters, digits and _"],
    ["two files for one relation", { "model/a/x.sql": GOOD, "model/b/x.sql": GOOD }, "model/b/x.sql: makes model.x, as model/a/x.sql does: rename one of them"],
  ])("%s", (_, files, message) => {
    expect(() => read(files)).toThrow(expect.objectContaining({ name: "DataError" }) as Error);
    expect(() => read(files)).toThrow(message);
  });

  test("and whose it is", () => {
    expect(() => read({ "model/x.sql": "select 1" }, true)).toThrow(/^model\/x\.sql \(local rule\): expected a header/);
  });
});

test("a place counts lines from the start of the file", () => {
  const [query] = read({ "model/x.sql": GOOD }, true);
  expect(query && placeOf(query)).toBe("model/x.sql (local rule)");
  expect(query && placeOf(query, 3)).toBe("model/x.sql:6 (local rule)");
});

test("a local file replaces the relation of the same name, whatever its folder, and others are added", () => {
  const product = read({ "staging/git/a.sql": GOOD, "model/b.sql": GOOD });
  const local = read({ "staging/mine/a.sql": GOOD, "model/c.sql": GOOD }, true);
  expect(overlay(product, local).map(({ relation, isLocal }) => [relation, isLocal])).toEqual([
    ["model.b", false],
    ["model.c", true],
    ["staging.a", true],
  ]);
});

/** What only a file beside the database, or a database that is a file, has: elsewhere the same queries would not run. */
const LOCAL_ONLY =
  /\b(read_\w+|\w+_scan|glob|sniff_csv|getenv|which_secret)\s*\(|\b(attach|detach|pragma|install)\s+['"\w]|\bcopy\s.*\bto\s+'|(?<!\bdistinct\s+)\b(from|join)\s+'|\browid\b/i;

const withoutWords = (sql: string) => sql.replaceAll(/'(?:[^']|'')*'/g, (text) => (/^'[^' ]+\.\w+'$/.test(text) ? "'file'" : "''")).replaceAll(/--.*$|\/\*[\s\S]*?\*\//gm, "");

test.each([
  ["select * from read_csv('x')"],
  ["select * from parquet_scan('x')"],
  ["select * from glob('*')"],
  ["select * from 'data.parquet'"],
  ["attach 'x.duckdb' as x"],
  ["copy t to 'x.csv'"],
  ["pragma database_size"],
  ["install httpfs"],
  ["select rowid from t"],
])("%s is for a local file only", (sql) => {
  expect(withoutWords(sql)).toMatch(LOCAL_ONLY);
});

test("no query of the product asks for what only a local file has", () => {
  const queries = readQueryFiles(join(packageRoot, "queries"), { isLocal: false });
  expect(queries.length).toBeGreaterThan(800);
  expect(queries.filter(({ sql }) => LOCAL_ONLY.test(withoutWords(sql))).map(({ file }) => file)).toEqual([]);
});
