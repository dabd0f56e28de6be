import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { parse } from "csv-parse/sync";
import { globSync } from "tinyglobby";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { slug } from "../../../src/site/slug.ts";
import { queryFiles } from "../../../src/warehouse/model.ts";
import { plainValue } from "../../../src/warehouse/values.ts";
import { ALIKE, aDatabase, build, FORMULA, indexOf, sha256, type Index, type IndexTable } from "./world.ts";

type Value = string | number | boolean | null | readonly string[];

let site = "";
let index: Index = { version: "1.0", tables: [] };

beforeAll(async () => {
  const database = await aDatabase();
  site = join(dirname(database), "site");
  await build(database, site);
  index = indexOf(site);
});

afterAll(() => rmSync(dirname(site), { recursive: true, force: true }));

const published = queryFiles().filter(({ layer }) => layer === "publish");
const names = published.map(({ name }) => name).filter((name) => !name.startsWith("history_"));

describe.each(names)("%s", (name) => {
  const table = () => index.tables.find((one) => one.name === name) as IndexTable;

  test("describes every column and no other", () => {
    const header = published.find((file) => file.name === name)?.header;
    expect(Object.keys(header?.columns ?? {})).toEqual(table().columns.map((column) => column.name));
    expect(header?.grain).toBeDefined();
  });

  test("says the same in Parquet and in JSON", async () => {
    const json = rowsOfJson(table());
    expect(json).toHaveLength(table().rows);
    expect(sorted(json)).toEqual(sorted(await rowsOfParquet(table())));
  });

  test("says the same in CSV, as text that is no formula", () => {
    const { columns } = table();
    expect(rowsOfCsv(table())).toEqual(rowsOfJson(table()).map((row) => row.map(inCsv)));
    for (const { path } of filesOf(table(), "csv")) {
      const text = readFileSync(join(site, path), "utf8");
      expect(text.split("\n")[0]).toBe(`\ufeff${columns.map((column) => column.name).join(",")}`);
      expect(text).toMatch(/[^\n]\n$/);
    }
  });

  test("is in the order that its query gives, by part first", async () => {
    const { sql, header } = published.find((file) => file.name === name) ?? {};
    expect(sql).toMatch(/\norder by /);
    if (header?.part === undefined) return;
    const at = table().columns.findIndex((column) => column.name === header.part);
    const parts = (await rowsOfParquet(table())).map((row) => row[at]);
    expect(parts).not.toContain(null);
    expect([...new Set(parts)]).toEqual(parts.filter((part, row) => part !== parts[row - 1]));
  });
});

test("figures of a scope and period are there once, those without data too", async () => {
  const table = index.tables.find(({ name }) => name === "metrics") as IndexTable;
  const rows = await rowsOfParquet(table);
  const keys = rows.map(([metric, basis, , kind, scope, period, start]) =>
    JSON.stringify([metric, basis, kind, scope, period, start]),
  );
  expect(new Set(keys).size).toBe(rows.length);
  const missing = rows.filter(
    (row) => row[0] === "change_fail_rate" && row[4] === "quiet" && row[5] === "quarter",
  );
  expect(missing.map((row) => [row[2], row[10], row[28]])).toEqual([[true, null, "no data"]]);
});

test("most tables have rows here, so that there is something to compare", () => {
  const empty = index.tables.filter(({ rows }) => rows === 0).map(({ name }) => name);
  expect(empty).toEqual([
    ...["calendar", "control_not_applicable", "control_settings", "emergency_deployments", "flag_switches", "pain_points", "pipeline_changes", "rejected_rows", "release_branch_commits", "release_change_requests"],
    ...["release_conflicts", "release_experiments", "release_flags", "release_premortem", "release_trains", "retrospective_actions"],
    ...["retrospectives", "support_tickets", "version_users", "what_if"],
  ]);
});

test("the index names every file with its size and hash", () => {
  const listed = index.tables.flatMap(({ files }) => files);
  const found = globSync("data/**/*", { cwd: site, ignore: ["data/index.json", "data/history/**", "data/packs.csv"] });
  expect(listed.map(({ path }) => path).sort()).toEqual(found.sort());
  for (const { path, bytes, sha256: hash } of listed) {
    expect([path, statSync(join(site, path)).size, sha256(join(site, path))]).toEqual([path, bytes, hash]);
  }
});

test("formulas of hostile records are in the files, and harmless", () => {
  const incidents = readFileSync(join(site, "data/incidents.csv"), "utf8");
  expect(incidents).toContain(`"'${FORMULA.replaceAll('"', '""')}"`);
  const changes = readFileSync(join(site, "data/changes/api.csv"), "utf8");
  expect(changes).toContain("'@ann");
  expect(changes).toContain("'-1; PAY-2");
});

test("a service that is called like another's file has one of its own", () => {
  const { files = [] } = index.tables.find(({ name }) => name === "deployments") ?? {};
  const csv = files.filter(({ format }) => format === "csv");
  const paths = ALIKE.map((service) => csv.find(({ parts }) => parts?.includes(service)));
  expect(paths[0]).toMatchObject({ path: `data/deployments/${ALIKE[1]}.csv`, parts: [ALIKE[0]], rows: 1 });
  expect(paths[1]).toMatchObject({ path: `data/deployments/${slug(ALIKE[1])}.csv`, parts: [ALIKE[1]], rows: 1 });
  expect(existsSync(join(site, `services/${slug(ALIKE[0])}.html`))).toBe(true);
  expect(existsSync(join(site, `services/${slug(ALIKE[1])}.html`))).toBe(true);
});

test("a service without rows has its files nevertheless", () => {
  expect(readFileSync(join(site, "data/failures/quiet.csv"), "utf8")).toMatch(/^\ufeffservice,[^\n]*\n$/);
  expect(JSON.parse(readFileSync(join(site, "data/failures/quiet.json"), "utf8"))).toMatchObject({
    parts: ["quiet"],
    rows: [],
  });
});

test("what a page shows of a table is in its CSV, row by row at least", () => {
  const short = globSync("**/*.html", { cwd: site }).flatMap((page) =>
    readFileSync(join(site, page), "utf8")
      .split(/<section|<\/section>/)
      .filter((section) => section.includes("<table") && !/^ id="machine-form"/.test(section))
      .filter((section) => rowsShown(section) > rowsLinked(page, section))
      .map(
        (section) =>
          `${page}: ${rowsShown(section)} rows, ${rowsLinked(page, section)} in CSV: ${section.slice(0, 60)}`,
      ),
  );
  expect(short).toEqual([]);
});

function rowsShown(section: string): number {
  const bodies = [...section.matchAll(/<tbody>(.*?)<\/tbody>/gs)].map(([, body]) => body ?? "");
  return bodies.reduce((sum, body) => sum + (body.match(/<tr/g)?.length ?? 0), 0);
}

function rowsLinked(page: string, section: string): number {
  const links = [...section.matchAll(/href="([^"]*data\/[^"]*\.csv)"/g)].map(([, link]) =>
    join(site, dirname(page), link ?? ""),
  );
  return links.reduce((sum, file) => sum + csvRows(file).length, 0);
}

const filesOf = (table: IndexTable, format: string) => table.files.filter((file) => file.format === format);

const sorted = (rows: readonly (readonly Value[])[]) => rows.map((row) => JSON.stringify(row)).sort();

function rowsOfJson(table: IndexTable): Value[][] {
  return filesOf(table, "json").flatMap(({ path }) => {
    const { columns, rows } = JSON.parse(readFileSync(join(site, path), "utf8")) as {
      columns: object[];
      rows: Value[][];
    };
    expect(columns).toEqual(table.columns.map(({ name, type }) => ({ name, type })));
    return rows;
  });
}

async function rowsOfParquet(table: IndexTable): Promise<Value[][]> {
  const [file] = filesOf(table, "parquet");
  const connection = await (await DuckDBInstance.create()).connect();
  const reader = await connection.runAndReadAll("from read_parquet(?)", [join(site, file?.path ?? "")]);
  expect(reader.columnNames()).toEqual(table.columns.map(({ name }) => name));
  return reader.convertRows(plainValue) as Value[][];
}

const csvRows = (file: string) =>
  parse(readFileSync(file), { bom: true, from_line: 2, record_delimiter: "\n" });

/** `2.0` and `2` are the same number. */
const rowsOfCsv = ({ columns, ...table }: IndexTable) =>
  filesOf({ columns, ...table }, "csv")
    .flatMap(({ path }) => csvRows(join(site, path)))
    .map((row) =>
      row.map((text, at) => (columns[at]?.type === "number" && text !== "" ? String(Number(text)) : text)),
    );

function inCsv(value: Value): string {
  if (value === null) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : value.join("; ");
  return /^[=+\-@＝]/.test(text) ? `'${text}` : text;
}
