import { readFileSync } from "node:fs";
import fc from "fast-check";
import { globSync } from "tinyglobby";
import { expect, test } from "vitest";
import type { Json } from "../../../collectors/contract.ts";
import { converterOf } from "../../../collectors/files/convert/index.ts";
import { Problem } from "../../../collectors/reading/problem.ts";
import { configDocument } from "../../../src/config/document.ts";
import { configSchema } from "../../../src/config/schema.ts";
import { packageRoot } from "../../../src/package-root.ts";
import { buildModel } from "../../../src/warehouse/model.ts";
import { openWarehouse } from "../../../src/warehouse/open.ts";
import { queryParameters } from "../../../src/warehouse/parameters.ts";
import { storePage } from "../../../src/warehouse/store.ts";

const AS_OF = "2026-04-01T00:00:00Z";
const config = configSchema.parse({
  organisation: "Acme",
  sources: {
    hub: { collector: "github", organisations: ["acme"], token: "${TOKEN}" },
    lab: { collector: "gitlab", url: "https://lab.example", groups: ["acme"], token: "${TOKEN}" },
    desk: {
      collector: "jira",
      url: "https://desk.example",
      deployment: "data_center",
      token: "${TOKEN}",
      projects: ["OPS"],
      fields: { planned_start: "Begins" },
    },
    pager: { collector: "pagerduty", token: "${TOKEN}", notes: { started: "Impact began" } },
    now: { collector: "servicenow", url: "https://now.example", token: "${TOKEN}" },
  },
});

/** Source, stream, key and what is said. */
const RECORDS: readonly (readonly [string, string, string, Json])[] = [
  ["hub", "repository", "1", { nameWithOwner: "acme/api", url: "https://hub.example/acme/api" }],
  ["lab", "project", "1", { path_with_namespace: "acme/web", web_url: "https://lab.example/acme/web" }],
  ["hub", "deployment", "1:7", { createdAt: "2026-03-01T10:00:00Z", updatedAt: null }],
  ["hub", "deployment", "1:8", { createdAt: "soon" }],
  [
    "hub",
    "deployment",
    "1:10",
    { createdAt: "1900-01-01T00:00:00Z", updatedAt: "9999-12-31T23:59:59.999999Z" },
  ],
  ["hub", "deployment", "1:11", { createdAt: "1899-12-31T23:59:59Z", updatedAt: "10000-01-01T00:00:00Z" }],
  ["hub", "deployment", "1:9", { createdAt: "2026-03-41T10:00:00Z", updatedAt: "" }],
  [
    "hub",
    "delivery",
    "a",
    { delivered_at: "2026-03-01T10:00:00Z", payload: { release: { created_at: [] } } },
  ],
  ["lab", "pipeline", "1:2", { created_at: "2026-03-01T10:00:00.000+01:00", started_at: "later" }],
  ["desk", "field", "f1", { name: "Begins" }],
  [
    "desk",
    "issue",
    "10",
    { key: "OPS-1", fields: { created: "2026-03-01T10:00:00.000+0000", f1: "next week" } },
  ],
  ["desk", "issue", "11", { key: "OPS-2", fields: { duedate: "2026-03-09", f1: "infinity" } }],
  ["desk", "issue", "12", { key: "OPS-3", fields: { f1: "2026-03-09 10:00" } }],
  ["pager", "incident", "P1", { created_at: "yesterday" }],
  [
    "pager",
    "log_entry",
    "L1",
    { type: "annotate_log_entry", incident: { id: "P1" }, note: "Impact began at noon" },
  ],
  [
    "now",
    "change_request",
    "c1",
    { start_date: { value: "infinity" }, end_date: { value: "2026-03-01 10:00:00" } },
  ],
];

test("what should be a time and is none is counted by field, with a record to look at", async () => {
  const warehouse = await openWarehouse(":memory:", { mode: "write", threads: 1 });
  await warehouse.run("insert into raw.run values (1, ?, ?, 'completed', 'test')", [AS_OF, AS_OF]);
  for (const [source, stream, key, payload] of RECORDS)
    await storePage(
      warehouse,
      { source, stream, runId: 1, fetchedAt: new Date(AS_OF) },
      { records: [{ key, payload }], cursor: null },
    );
  await buildModel(warehouse, {
    document: configDocument(config),
    variables: queryParameters(config, AS_OF),
    only: ["expectations.value_is_readable"],
  });
  const found = await warehouse.rows<{ subject: string; rows: bigint; effect: string }>(
    "select subject, rows, effect from expectations.value_is_readable",
  );
  warehouse.close();
  expect(
    found.map(({ subject, rows, effect }) => [
      subject,
      Number(rows),
      /such as in ([^,]+),/.exec(effect)?.[1],
    ]),
  ).toEqual([
    ["desk issue fields.planned_start", 2, "OPS-1"],
    ["hub delivery release.created_at", 1, "a"],
    ["hub deployment createdAt", 3, "acme/api 11"],
    ["hub deployment updatedAt", 1, "acme/api 11"],
    ["lab pipeline started_at", 1, "acme/web 2"],
    ["now change_request start_date", 1, "c1"],
    ["pager incident created_at", 1, "P1"],
    ["pager log_entry notes.started", 1, "L1"],
  ]);
});

const LIST = /\[((?:\s*'\$\.[\w.]+',?)+)\s*\]/g;
const CAST = /staging\.(?:instant|clock)\((?:coalesce\()?(?:\w+\.)?payload ->> '(\$\.[\w.]+)'/g;

/** Of a repository itself, which is in no figure; and what the collector writes. */
const ELSEWHERE = /\.repository\.|^\$\.delivered_at$/;

test.each(["github", "gitlab", "pagerduty", "servicenow"])(
  "every time that staging reads of a record of %s is looked at",
  (collector) => {
    const folder = `${packageRoot}/queries/staging/${collector}`;
    const looked = readFileSync(`${folder}/${collector}_unread_value.sql`, "utf8");
    const lists = [...looked.matchAll(LIST)].map(([, list = ""]) => list.match(/\$[\w.]+/g) ?? []);
    // What is looked for, and what it is called.
    expect(lists.slice(lists.length / 2)).toEqual(lists.slice(0, lists.length / 2));
    const read = globSync("*.sql", { cwd: folder }).flatMap((file) =>
      [...readFileSync(`${folder}/${file}`, "utf8").matchAll(CAST)].map(([, path = ""]) => path),
    );
    const known = lists.flat();
    expect([...new Set(read)].filter((path) => !known.includes(path) && !ELSEWHERE.test(path))).toEqual([]);
  },
);

const READ_WITH = {
  timestamp: "staging.instant(text)",
  date: "staging.day(text)",
  integer: "staging.whole(text)",
  number: "staging.number(text)",
  boolean: "try_cast(text as boolean)",
} as const;

/** What people write, with a character more, less or other. */
const written = fc
  .tuple(
    fc.constantFrom(
      ...[
        "2026-03-01T10:00:00Z",
        "2026-03-01 10:00",
        "2024-02-29",
        "1900-01-01",
        "9999-12-31T23:59:60+14:00",
        "+010000-01-01T00:00:00Z",
        "1767603600",
        "-271821-04-20",
      ],
      ...[
        "12",
        "-1",
        "1e308",
        "9007199254740993",
        "9223372036854775808",
        "0.5",
        "1,000",
        "Infinity",
        "yes",
        "0",
        "epoch",
      ],
    ),
    fc.nat(24),
    fc.nat(2),
    fc.constantFrom("", "0", "9", "-", "+", ".", ":", "T", "Z", " ", "e", "x", "99999"),
  )
  .map(([text, at, gone, more]) => text.slice(0, at) + more + text.slice(at + gone));

test("all that the files and events collectors take in is read: they reject the rest with its line", async () => {
  const texts = fc.sample(written, { numRuns: 4_000, seed: 1 });
  const warehouse = await openWarehouse(":memory:", { mode: "write", threads: 1 });
  await warehouse.run("create schema staging");
  await warehouse.run(readFileSync(`${packageRoot}/src/warehouse/sql/readable.sql`, "utf8"));
  for (const [type, read] of Object.entries(READ_WITH)) {
    const convert = converterOf({ type: type as keyof typeof READ_WITH, description: "" }, {});
    const taken = texts
      .map((text) => convert(text))
      .filter((one) => one !== undefined && !(one instanceof Problem));
    expect([type, taken.length > 10]).toEqual([type, true]);
    const unread = await warehouse.rows(
      `select text from (select unnest(from_json(?::json, '["VARCHAR"]')) as text) where ${read} is null`,
      [JSON.stringify(taken)],
    );
    expect([type, unread]).toEqual([type, []]);
  }
  warehouse.close();
});
