import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { evidence } from "../../../collectors/evidence/index.ts";
import { evidenceConfig } from "../../../collectors/evidence/config.ts";
import { nothingAsked } from "../../../collectors/contract.ts";
import { folder, write } from "../files/support.ts";
import { collect, REPORTS, rows, SHA, staged, type Options } from "./support.ts";

const report = (cases: string) => `<testsuite name="unit">${cases}</testsuite>`;
const PASSED = report('<testcase name="a"/>');
const FAILED = report('<testcase name="a"><failure/></testcase>');
const keys = ({ records }: Awaited<ReturnType<typeof collect>>) =>
  records.map(({ key, payload }) => [key, payload !== null]);

describe("a file", () => {
  test("is one record: what it said, its path and hash, and what its path says", async () => {
    const { records } = await collect(folder({ "r/payments/1.4/a.xml": PASSED }), {
      files: [{ path: "r/{service}/{version}/*.xml" }],
    });
    expect(records).toEqual([
      {
        key: "r/payments/1.4/a.xml",
        payload: {
          format: "junit",
          path: "r/payments/1.4/a.xml",
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
          given: { service: "payments", version: "1.4" },
          options: { zone: "UTC", properties: {}, kinds: {} },
          said: {
            name: "unit",
            suites: [
              { stated: { name: "unit" }, properties: {}, cases: 1, failed: 0, skipped: 0, failed_cases: [] },
            ],
          },
        },
      },
    ]);
  });

  test("is read again when it or its reading changed, and only then", async () => {
    const directory = folder({ "a.xml": PASSED, "b.xml": PASSED });
    const first = await collect(directory);
    expect(keys(first)).toEqual([
      ["a.xml", true],
      ["b.xml", true],
    ]);
    write(directory, { "b.xml": FAILED, "c.xml": PASSED });
    const second = await collect(directory, {}, first.cursor);
    expect(keys(second)).toEqual([
      ["b.xml", true],
      ["c.xml", true],
    ]);
    expect((await collect(directory, {}, second.cursor)).pages).toEqual([]);
    const other: Options = { files: [{ path: "**/*", kind: "unit" }] };
    expect(keys(await collect(directory, other, second.cursor))).toHaveLength(3);
  });

  test("that is gone keeps what it said, unless the files are everything there is", async () => {
    const directory = folder({ "a.xml": PASSED, "b.xml": PASSED });
    const { cursor } = await collect(directory);
    rmSync(join(directory, "a.xml"));
    const kept = await collect(directory, {}, cursor);
    // No record goes; what was rejected of the file no longer is.
    expect(kept.pages.map(({ records, files }) => [records, files])).toEqual([
      [[], [{ file: "a.xml", accepted: 0 }]],
    ]);
    expect((await collect(directory, {}, kept.cursor)).pages).toEqual([]);
    const gone = await collect(directory, { mode: "snapshot" }, cursor);
    expect(keys(gone)).toEqual([["a.xml", false]]);
    expect((await collect(directory, { mode: "snapshot" }, gone.cursor)).pages).toEqual([]);
  });

  test("in a folder that is out of reach is not taken for gone", async () => {
    const directory = folder({ "x/a.xml": PASSED, "y/b.xml": PASSED });
    const options: Options = { mode: "snapshot", files: [{ path: "x/*" }, { path: "y/*" }] };
    const { cursor } = await collect(directory, options);
    rmSync(join(directory, "x"), { recursive: true });
    const { pages, warnings } = await collect(directory, options, cursor);
    expect(pages).toEqual([]);
    expect(warnings).toEqual([
      expect.stringContaining("x/*: no such file"),
      expect.stringContaining("1 file no longer there"),
    ]);
  });

  test("that is broken is listed with its line, and what it held before stays", async () => {
    const directory = folder({ "a.xml": PASSED });
    const { cursor } = await collect(directory);
    write(directory, { "a.xml": "<testsuite>\n<testcase>\n</testsuite>" });
    const { records, rejected, warnings } = await collect(directory, {}, cursor);
    expect(records).toEqual([]);
    expect(rejected).toMatchObject([{ file: "a.xml", line: 3 }]);
    expect(warnings[0]).toMatch(/^a\.xml:3: expected XML, found .* what it held before stays$/);
  });
});

test("the plan names every file with its state, doctor finds a path that leads nowhere", async () => {
  const directory = folder({ "a.xml": PASSED });
  const { cursor = null } = await collect(directory);
  write(directory, { "b.xml": FAILED });
  const config = evidenceConfig.parse({
    collector: "evidence",
    files: [{ path: "*.xml" }, { path: "{service}/x.json" }],
  });
  const context = {
    baseDirectory: directory,
    report: () => undefined,
    warn: () => undefined,
    usage: nothingAsked(),
    now: new Date(),
  };
  expect(await evidence.plan(config, context, { document: cursor })).toEqual([
    "a.xml, 55 B, unchanged",
    "b.xml, 75 B, new",
    `*/x.json, no such file in ${directory}`,
  ]);
  const checks: string[][] = [];
  for await (const { status, subject } of evidence.check(config, context)) checks.push([status, subject]);
  expect(checks).toEqual([
    ["problem", "*/x.json"],
    ["ok", "evidence"],
  ]);
});

describe("a path", () => {
  const problems = (entry: object) =>
    evidenceConfig
      .safeParse({ collector: "evidence", files: [entry] })
      .error?.issues.map(({ message }) => message);

  test.each<[string, object, string]>([
    ["an unknown placeholder", { path: "{servise}/*" }, "found {servise}; did you mean `service`?"],
    ["other patterns beside placeholders", { path: "{service}/*.{xml,json}" }, "list several paths instead"],
    ["what is said twice", { path: "{service}/*", service: "a" }, "is said by the path: {service}"],
    [
      "a horizon that ends before it begins",
      { path: "a", from: "2026-02-01", until: "2026-01-01" },
      "after `from`",
    ],
  ])("with %s is refused", (_, entry, message) => {
    expect(problems(entry)?.join()).toContain(message);
  });

  test("says the same placeholder once, and passes over any folders where it says **", async () => {
    const files = { "a/b/x/1/x.xml": PASSED, "x/2/y.xml": PASSED };
    const { records } = await collect(folder(files), {
      files: [{ path: "**/{service}/{version}/{service}.xml" }],
    });
    expect(records.map(({ payload }) => (payload as { given: object }).given)).toEqual([
      { service: "x", version: "1" },
      {},
    ]);
  });
});

test("rows that were rejected are current until the file is read well", async () => {
  const warehouse = await staged({ "a.xml": "<nothing", "b.xml": PASSED });
  expect(await rows(warehouse, "raw.current_rejected_row", "run_id", "stream", "text")).toMatchObject([
    { file: "a.xml", line: 1 },
  ]);
});

test("tests stand with the release that was built from their commit or names their version, nowhere else", async () => {
  const files = {
    [`r/payments/${SHA}/unit.xml`]: PASSED,
    "v/payments/1.4/smoke.xml": FAILED,
    "r/payments/latest/unit.xml": FAILED,
    [`r/other/${SHA}/unit.xml`]: FAILED,
  };
  const options: Options = {
    files: [{ path: "r/{service}/{sha}/*.xml" }, { path: "v/{service}/{version}/{suite}.xml" }],
  };
  const warehouse = await staged(
    files,
    options,
    ["publish"],
    `id,service,environment,sha,version,started_at,finished_at,status\n1,payments,production,${SHA},1.4,2026-03-01T10:00:00Z,2026-03-01T10:05:00Z,success\n`,
  );
  expect(await rows(warehouse, "reports.release_tests", "test_result_id")).toEqual([
    {
      service: "payments",
      version: "1.4",
      suite: "smoke",
      total: 1,
      failed: 1,
      skipped: 0,
      outcome: "failed",
    },
    {
      service: "payments",
      version: "1.4",
      suite: "unit",
      sha: SHA,
      total: 1,
      failed: 0,
      skipped: 0,
      outcome: "passed",
    },
  ]);
});

test("somebody's word that the files are complete counts for their kinds", async () => {
  const complete = [{ entity: "test_result" as const, asserted_by: "Platform team", from: "2026-01-01" }];
  const warehouse = await staged({ "a.xml": PASSED }, { complete }, REPORTS);
  expect(await rows(warehouse, "model.completeness_assertion", "asserted_from", "asserted_until")).toEqual([
    { entity: "test_result", service: "payments", asserted_by: "Platform team" },
  ]);
});

test("a file that names no commit, digest or version is listed, with what to do", async () => {
  const files = { "r/payments/latest/a.xml": PASSED, "r/payments/main/a.xml": PASSED };
  const warehouse = await staged(files, { files: [{ path: "r/{service}/{sha}/*.xml" }] }, REPORTS);
  expect(await rows(warehouse, "expectations.evidence_has_a_subject")).toEqual([
    {
      subject: "drop junit",
      rows: 2,
      effect:
        "They are attached to nothing: r/payments/latest/a.xml and the others name no whole commit hash, digest or version.",
      remedy: expect.stringContaining("reports/{service}/{sha}/*.xml") as string,
    },
  ]);
});
