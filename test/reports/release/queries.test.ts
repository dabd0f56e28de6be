import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildReleasePack, releasePackQueries } from "../../../reports/release/build.ts";
import type { ReleasePackData } from "../../../reports/release/data.ts";
import { readReleaseData } from "../../../reports/release/read.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { given, type History } from "../../support/history.ts";
import { readPdf } from "../read-pdf.ts";

const history: History = {
  asOf: "2026-03-01T00:00:00Z",
  whole: true,
  complete: ["incident"],
  config: {
    publish: { people: "names" },
    services: { api: { repository: "api", title: "The API" }, web: { repository: "web" } },
    teams: { blue: { title: "Team Blue", owns: ["api"] } },
    environments: { production: { kind: "production" }, staging: { kind: "staging" } },
  },
  data: {
    change: `
      id | repository | number | title | author | first_commit_at | opened_at | merged_at | additions | deletions | tickets | url
      1 | api | 1 | Before | ann | 2026-01-01T08:00:00Z | 2026-01-01T09:00:00Z | 2026-01-02T09:00:00Z | 1 | 1 | |
      2 | api | 2 | =Reviewed | ann | 2026-01-05T08:00:00Z | 2026-01-05T10:00:00Z | 2026-01-06T09:00:00Z | 10 | 2 | PAY-1;PAY-2 | https://git.example.com/2
      3 | api | 3 | Approved late | bob | 2026-01-06T08:00:00Z | 2026-01-06T10:00:00Z | 2026-01-07T09:00:00Z | 5 | 0 | |
      4 | api | 4 | By herself | ann | 2026-01-06T08:00:00Z | 2026-01-06T10:00:00Z | 2026-01-08T09:00:00Z | | | |
      5 | api | 5 | Nobody looked | bob | 2026-01-06T08:00:00Z | 2026-01-06T10:00:00Z | 2026-01-08T10:00:00Z | | | |`,
    change_review: `
      id | change | reviewer | state | submitted_at
      r2 | 2 | bob | approved | 2026-01-05T12:00:00Z
      r3 | 3 | ann | approved | 2026-01-07T12:00:00Z
      r4 | 4 | ann | approved | 2026-01-07T12:00:00Z`,
    release: `
      service | version | tag | sha | title | published_at
      api | 1.0.0 | | aaa | First | 2026-01-03T08:00:00Z
      api | 1.1.0 | v1.1.0 | bbb | Second | 2026-01-09T08:00:00Z
      web | 1.1.0 | | ccc | Other service | 2026-01-09T08:00:00Z`,
    deployment: `
      id | attempt | service | environment | version | sha | started_at | finished_at | status | deployer | change_requests
      d1 | 1 | api | production | 1.0.0 | | 2026-01-03T09:00:00Z | 2026-01-03T09:10:00Z | success | cat |
      s2 | 1 | api | staging | 1.1.0 | | 2026-01-09T08:00:00Z | 2026-01-09T08:10:00Z | success | cat |
      d2 | 1 | api | production | 1.1.0 | | 2026-01-09T09:00:00Z | 2026-01-09T09:02:00Z | failure | cat | CR-1
      d2 | 2 | api | production | | bbb | 2026-01-09T10:00:00Z | 2026-01-09T10:10:00Z | success | cat | CR-1
      w1 | 1 | web | production | 1.1.0 | | 2026-01-09T10:00:00Z | 2026-01-09T10:10:00Z | success | cat |`,
    deployment_approval: `
      id | deployment | approver | decision | decided_at
      a1 | d2 | dan | approved | 2026-01-09T08:30:00Z
      a2 | data:d2#2 | dan | approved | 2026-01-09T10:30:00Z`,
    change_request: `
      id | title | type | service | created_at
      CR-1 | Ship it | normal | api | 2026-01-08T09:00:00Z`,
    change_request_approval: `
      id | change_request | approver | role | decision | decided_at | justification
      c1 | CR-1 | eve | manager | approved | 2026-01-09T07:00:00Z | Fine
      c2 | CR-1 | eve | manager | rejected | 2026-04-09T07:00:00Z | After as-of`,
    test_result: `
      id | service | sha | suite | total | failed | finished_at
      t1 | api | bbb | unit | 100 | 0 | 2026-01-09T07:00:00Z
      t2 | api | bbb | contract | 10 | 1 | 2026-01-09T07:05:00Z
      t3 | api | bbb | smoke | | | 2026-01-09T11:00:00Z
      t4 | web | bbb | unit | 100 | 100 | 2026-01-09T07:00:00Z`,
    incident: `
      id | service | title | severity | started_at | mitigated_at | resolved_at | caused_by
      i1 | api | Down | 1 | 2026-01-09T12:00:00Z | 2026-01-09T13:00:00Z | 2026-01-10T09:00:00Z | d2`,
  },
};

const folder = mkdtempSync(join(tmpdir(), "pack-queries-"));
let warehouse: Warehouse;
let data: ReleasePackData;

beforeAll(async () => {
  warehouse = await given(history);
  data = await readReleaseData(
    warehouse,
    { service: "api", version: "1.1.0" },
    await releasePackQueries(warehouse),
  );
});
afterAll(() => {
  warehouse.close();
  rmSync(folder, { recursive: true });
});

describe("the rows of a release", () => {
  test("are the changes that its deployment was the first to ship, each with what its reviews show", () => {
    expect(
      data.changes.map(({ number, review, is_approved, approvers }) => [
        number,
        review,
        is_approved,
        approvers,
      ]),
    ).toEqual([
      ["2", "approved", true, "bob"],
      ["3", "approved after merge", false, "ann"],
      ["4", "no review by somebody else", false, null],
      ["5", "no review by somebody else", false, null],
    ]);
    expect(data.changes[0]!.tickets).toEqual(["PAY-1", "PAY-2"]);
  });

  test("are all its attempts in all environments, found by version or commit", () => {
    expect(
      data.deployments.map(({ deployment_id, environment, status, duration_seconds }) => [
        deployment_id,
        environment,
        status,
        duration_seconds,
      ]),
    ).toEqual([
      ["data:s2", "staging", "success", 600],
      ["data:d2", "production", "failure", 120],
      ["data:d2#2", "production", "success", 600],
    ]);
  });

  test("are decisions on its deployments and requests, none later than as-of, with their timing", () => {
    expect(
      data.approvals.map(({ kind, subject, approver, role, timing }) => [
        kind,
        subject,
        approver,
        role,
        timing,
      ]),
    ).toEqual([
      ["change request", "CR-1", "eve", "manager", "before the start"],
      ["deployment", "d2", "dan", null, "before the start"],
      ["deployment", "d2", "dan", null, "after the start"],
    ]);
  });

  test("are tests of its commit and its service, and a test without count is not known", () => {
    expect(data.tests.map(({ suite, outcome }) => [suite, outcome])).toEqual([
      ["contract", "failed"],
      ["smoke", "not known"],
      ["unit", "passed"],
    ]);
  });

  test("are lead times, outcome and incident", () => {
    expect(data.leadTimes.map(({ number, basis }) => [number, basis])).toHaveLength(4);
    expect(data.leadTimeSummary).toEqual([expect.objectContaining({ basis: "first commit", n: 4 })]);
    expect(data.waves).toEqual([
      expect.objectContaining({ outcome: "known", is_failure: true, recovery_seconds: 10_200 }),
    ]);
    expect(data.incidents).toEqual([
      expect.objectContaining({ native_id: "i1", class: "stated", is_accepted: true }),
    ]);
  });

  test("are summed up in one row", () => {
    expect(data.summary).toMatchObject({
      service_title: "The API",
      teams: "Team Blue",
      sha: "bbb",
      waves: 1,
      failed_waves: 1,
      unknown_waves: 0,
      attempts: 3,
      production_attempts: 2,
      unsuccessful_attempts: 1,
      changes: 4,
      approved_changes: 1,
      changes_with_review_source: 4,
      approvals: 3,
      late_approvals: 1,
      suites: 3,
      failed_suites: 1,
      unknown_suites: 1,
      accepted_incidents: 1,
      waves_with_incident_source: 1,
    });
  });

  test("say where they came from", () => {
    expect(data.sources.find(({ stream }) => stream === "deployment")).toMatchObject({
      source: "data",
      collector: "files",
      records: 5,
      rejected_rows: 0,
      is_collected: true,
      collected_until: null,
    });
    expect(data.completeness).toEqual([
      expect.objectContaining({ entity: "incident", asserted_by: "test", asserted_from: null }),
    ]);
    expect(data.provenance).toMatchObject({
      organisation: "Test",
      as_of: "2026-03-01T00:00:00Z",
      configuration_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });

  test("come with every query that led to them", () => {
    const relations = data.queries.map(({ relation }) => relation);
    expect(relations).toEqual(
      expect.arrayContaining([
        "reports.release_changes",
        "reports.release_scope",
        "model.wave_change",
        "staging.files_change",
        "metrics.wave_outcome",
      ]),
    );
    expect(data.queries.every(({ text }) => text.startsWith("/*"))).toBe(true);
  });
});

test("a pack is made from the database, and a release that nobody knows is said to be unknown", async () => {
  const pack = await buildReleasePack(warehouse, { service: "api", version: "1.1.0" }, folder, {});
  const pdf = await readPdf(readFileSync(join(pack.directory, "pack.pdf")));
  expect(pdf.pages[0]!.replace(/\s+/g, " ")).toContain(
    "The API 1.1.0 went live in production on 9 Jan 2026 10:10 with 4 changes. It counts as a change failure. 1 of 4 changes is known",
  );
  expect(readFileSync(join(pack.directory, "tables/changes.csv"), "utf8")).toContain("'=Reviewed");
  await expect(
    buildReleasePack(warehouse, { service: "api", version: "9.9" }, folder, {}),
  ).rejects.toThrow(/no release "9.9" of "api" is known.*; `quarterdeck query model.release` lists the releases/);
  await expect(
    buildReleasePack(warehouse, { service: "api", version: "v1.1.0" }, folder, {}),
  ).rejects.toThrow(/; did you mean "1.1.0"\?/);
});

test("people stay hidden where they are to be hidden", async () => {
  const hidden = await given({ ...history, config: { ...history.config, publish: { people: "hidden" } } });
  const rows = await readReleaseData(hidden, { service: "api", version: "1.1.0" }, []);
  hidden.close();
  const shown = new Set([
    ...rows.changes.map(({ author }) => author),
    ...rows.deployments.map(({ deployer }) => deployer),
    ...rows.approvals.map(({ approver }) => approver),
  ]);
  expect([...shown]).toEqual(["withheld"]);
  expect(JSON.stringify(rows)).not.toMatch(/"(ann|bob|cat|dan|eve)"/);
});
