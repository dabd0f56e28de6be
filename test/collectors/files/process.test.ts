import { stringify as csvOf } from "csv-stringify/sync";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { stringify as yamlOf } from "yaml";
import { entities, entityOf, type Entity, type EntityName } from "../../../collectors/files/entities.ts";
import { afterwards } from "../../../collectors/files/catalogue/afterwards.ts";
import { environments } from "../../../collectors/files/catalogue/environments.ts";
import { planning } from "../../../collectors/files/catalogue/planning.ts";
import { rules } from "../../../collectors/files/catalogue/rules.ts";
import { steps } from "../../../collectors/files/catalogue/steps.ts";
import type { RunReport } from "../../../src/collect/report.ts";
import { collection, configuredFolder, type Collection } from "../../support/collection.ts";
import { collect, folder, problems, type FileInput } from "./support.ts";

const ALL = Object.keys(entities) as EntityName[];
const PROCESS = [rules, steps, environments, planning, afterwards].flatMap((part) =>
  Object.keys(part),
) as EntityName[];
const AS_OF = "2026-04-01T00:00:00Z";

const CONFIG = `organisation: Test
time_zone: Europe/Berlin
services:
  payments: { repository: acme/payments }
  ledger: {}
environments:
  production: { kind: production }
  staging: { kind: staging, names: [stg] }
sources:
  office:
    collector: files
    files:
${ALL.map((entity) => `      - { path: ${entity}.csv, entity: ${entity} }`).join("\n")}
    complete:
${ALL.map((entity) => `      - { entity: ${entity}, from: 2026-01-01, asserted_by: Office, asserted_at: 2026-03-31 }`).join("\n")}
`;

describe("the row that the reference shows of every entity", () => {
  const undo: (() => void)[] = [];
  let company: Collection;
  let report: RunReport;

  beforeAll(async () => {
    const files = Object.fromEntries(
      ALL.map((entity) => [`${entity}.csv`, csvOf([entityOf(entity).example], { header: true })]),
    );
    company = await collection(
      configuredFolder(CONFIG, files, (act) => undo.push(act)),
      (act) => undo.push(act),
    );
    report = await company.collect();
    await company.model(AS_OF);
  }, 60_000);

  afterAll(() => {
    for (const act of undo.reverse()) act();
  });

  test("is taken in, every column of it", async () => {
    expect(report.streams.filter(({ rejected, stored }) => rejected > 0 || stored !== 1)).toEqual([]);
    for (const entity of ALL) {
      const [row] = await company.rows(`staging.files_${entity}`);
      expect(Object.keys(row ?? {}).sort(), entity).toEqual(
        ["source", ...Object.keys(entityOf(entity).example)].sort(),
      );
    }
  });

  test.each(PROCESS)("of %s is in the model", async (entity) => {
    expect(await company.rows(`model.${entity}`)).toHaveLength(1);
  });

  test("is counted on the data page, beside who says that all are there", async () => {
    const streams = await company.rows("reports.site_stream");
    expect(
      streams.map(({ stream, records, rejected }) => [stream, Number(records), Number(rejected)]),
    ).toEqual([...ALL].sort().map((entity) => [entity, 1, 0]));
    const judgements = await company.rows("model.judgement");
    for (const entity of ALL)
      expect(judgements).toContainEqual(
        expect.objectContaining({
          what: `${entity} records of office are complete for all services from 2026-01-01`,
          decided_by: "Office",
        }),
      );
  });

  test("counts as asserted for each service, from the first day in the organisation's time zone", async () => {
    const asserted = await company.rows(
      "model.completeness_assertion where entity = 'drift_scan' order by service",
    );
    expect(asserted.map(({ service, asserted_by }) => [service, asserted_by])).toEqual([
      ["ledger", "Office"],
      ["payments", "Office"],
    ]);
    expect(asserted[0]?.["asserted_from"]).toEqual("2025-12-31T23:00:00Z");
  });

  test("raises no question", async () => {
    expect(await company.rows("expectations.process_record_is_tied")).toEqual([]);
  });
});

test("environments go by their own names, days by the organisation's clock, and links that lead nowhere are told", async () => {
  const files = {
    "scans.yaml": yamlOf([
      { id: "a", environment: "stg", scanned_at: "2026-03-01T02:00:00+02:00", differences: 0 },
      { id: "b", environment: "mars", service: "paymnts", scanned_at: "2026-03-02T02:00:00", differences: 3 },
      { id: "c", environment: "stg", scanned_at: "2026-04-01T02:00:00", differences: 1 },
    ]),
    "policies.csv": "id,record_class,keep_for,keep_unit,valid_from\nr,artifact,7,years,2026-07-01\n",
    "jobs.csv": "id,data_copy,outcome\nj,DC-404,passed\n",
    "steps.csv": "id,deployment,strategy,started_at\ns,404,canary,2026-03-01T00:00:00Z\n",
    "reviews.csv": "id,change_request,reviewed_at,outcome\nr,CHG-404,2026-03-01T00:00:00Z,ready\n",
  };
  const yaml = `organisation: Test
time_zone: Europe/Berlin
services: { payments: {} }
environments: { production: { kind: production }, staging: { kind: staging, names: [stg] } }
sources:
  office:
    collector: files
    files:
      - { path: scans.yaml, entity: drift_scan, time: { zone: Europe/Berlin } }
      - { path: policies.csv, entity: retention_policy }
      - { path: jobs.csv, entity: masking_job }
      - { path: steps.csv, entity: rollout_step }
      - { path: reviews.csv, entity: readiness_review }
`;
  const undo: (() => void)[] = [];
  const finished = (act: () => void) => void undo.push(act);
  const company = await collection(configuredFolder(yaml, files, finished), finished);
  expect((await company.collect()).streams.filter(({ rejected }) => rejected > 0)).toEqual([]);
  await company.model("2026-04-01T00:00:00Z");
  const scans = await company.rows("model.drift_scan");
  // The third happened at the instant of as-of.
  expect(scans.map(({ environment, scanned_at }) => [environment, scanned_at])).toEqual([
    ["staging", "2026-03-01T00:00:00Z"],
    ["mars", "2026-03-02T01:00:00Z"],
  ]);
  expect(await company.rows("model.retention_policy")).toMatchObject([
    { valid_from: "2026-06-30T22:00:00Z" },
  ]);
  const gaps = await company.rows("reports.mapping_gap where kind_order in (5, 32) order by subject");
  expect(gaps.map(({ subject, effect }) => `${String(subject)}. ${String(effect)}`)).toEqual([
    "drift scans. They are dated after as-of and not used.",
    "drift_scan: environment mars. What asks about a known environment does not find them.",
    "drift_scan: service paymnts. What asks about a known service does not find them.",
    "office masking_job: data copy. The data copy that they name is not there, such as DC-404.",
    "office readiness_review: change request. The change request that they name is not there, such as CHG-404.",
    "office rollout_step: deployment. The deployment that they name is not there, such as 404.",
  ]);
  for (const act of undo.reverse()) act();
}, 60_000);

test("a dependency that files name joins those of quarterdeck.yaml while it holds", async () => {
  const files = {
    "d.csv":
      "service,upstream,depends_from,depends_until\na,b,,\na,c,2026-01-01,2026-04-01\na,d,2026-01-01,2026-04-02\na,e,2026-04-02,\na,a,,\nb,c,,\n",
  };
  const yaml = `organisation: Test
time_zone: UTC
services: { a: { upstream: [f] }, b: {}, c: {}, d: {}, e: {}, f: {} }
sources: { office: { collector: files, files: [{ path: d.csv, entity: service_dependency }] } }
`;
  const undo: (() => void)[] = [];
  const finished = (act: () => void) => void undo.push(act);
  const company = await collection(configuredFolder(yaml, files, finished), finished);
  await company.collect();
  await company.model("2026-04-01T00:00:00Z");
  expect(await company.rows("expectations.process_record_is_tied")).toMatchObject([
    {
      subject: "office service_dependency: other service",
      effect: "The other service that they name is not there, such as a.",
    },
  ]);
  const services = await company.rows("model.service where len(upstream) > 0");
  expect(services.map(({ service, upstream }) => [service, upstream])).toEqual([
    ["a", ["f", "b", "d"]],
    ["b", ["c"]],
  ]);
  const spans = await company.rows("model.service_dependency where service = 'a'");
  expect(spans.map(({ upstream, depends_until }) => [upstream, depends_until ?? null])).toEqual([
    ["b", null],
    ["c", "2026-04-01T00:00:00Z"],
    ["d", "2026-04-02T00:00:00Z"],
    ["e", null],
    ["f", null],
  ]);
  for (const act of undo.reverse()) act();
}, 60_000);

describe("rows that are odd", () => {
  const bookings = (path: string, more: Partial<FileInput> = {}): FileInput[] => [
    { path, entity: "booking", ...more },
  ];
  const HEAD = "id,environment,starts_at,ends_at,purpose\n";
  const row = (id: string, purpose = "", starts = "2026-03-01T08:00:00Z", ends = "2026-03-01T10:00:00Z") =>
    `${id},stg,${starts},${ends},${purpose}\n`;
  const told = async (contents: Readonly<Record<string, string | Buffer>>, inputs: readonly FileInput[]) => {
    const { records, rejected } = await collect(folder(contents), inputs);
    return {
      keys: records.map(({ key }) => key),
      rejected: rejected.map(({ file, line, column = "", reason }) => `${file}:${line}:${column} ${reason}`),
    };
  };

  test("a key twice in one file is rejected with the place of the first; in a later file it is a newer version", async () => {
    const files = { "a.csv": HEAD + row("1") + row("1", "other"), "b.csv": HEAD + row("1", "newer") };
    expect(await told(files, bookings("*.csv"))).toEqual({
      keys: ["1", "1"],
      rejected: ["a.csv:3: duplicate key, first seen at a.csv:2 with other values"],
    });
    expect(await told(files, bookings("*.csv", { mode: "snapshot" }))).toEqual({
      keys: ["1"],
      rejected: [
        "a.csv:3: duplicate key, first seen at a.csv:2 with other values",
        "b.csv:2: duplicate key, first seen at a.csv:2 with other values",
      ],
    });
  });

  test.each<[string, string, string]>([
    [
      "nothing where a value is needed",
      "2,,2026-03-01T08:00:00Z,2026-03-01T10:00:00Z,\n",
      "environment expected a value, found none",
    ],
    ["a time without a zone", row("2", "", "2026-03-01 08:00"), "starts_at expected a time with an offset"],
    [
      "an end before its beginning",
      row("2", "", "2026-03-01T12:00:00+01:00", "2026-03-01T10:30:00Z"),
      "ends_at expected an end after starts_at (2026-03-01T11:00:00Z), found 2026-03-01T10:30:00Z",
    ],
    [
      "too much text",
      row("2", "x".repeat(10_000_000)),
      "purpose expected at most 1000000 characters, found 10000000",
    ],
  ])("%s", async (_, line, reason) => {
    const { keys, rejected } = await told({ "a.csv": HEAD + row("1") + line }, bookings("a.csv"));
    expect(keys).toEqual(["1"]);
    expect(rejected).toEqual([expect.stringContaining(`a.csv:3:${reason}`)]);
  });

  test("an incident that was over before it began; not one that was noticed before, or over at once", async () => {
    const text = `id,service,started_at,detected_at,mitigated_at,resolved_at
1,api,2026-03-01T10:00:00Z,2026-03-01T09:55:00Z,2026-03-01T10:00:00Z,2026-03-01T11:00:00Z
2,api,2026-03-01T10:00:00Z,,2026-03-01T09:30:00Z,2026-03-01T11:00:00Z
3,api,2026-03-01T10:00:00Z,,,2026-03-01T09:59:59Z
`;
    expect(await told({ "a.csv": text }, [{ path: "a.csv", entity: "incident" }])).toEqual({
      keys: ["1"],
      rejected: [
        "a.csv:3:mitigated_at expected an end after started_at (2026-03-01T10:00:00Z), found 2026-03-01T09:30:00Z",
        "a.csv:4:resolved_at expected an end after started_at (2026-03-01T10:00:00Z), found 2026-03-01T09:59:59Z",
      ],
    });
  });

  test("an entity compares times of one type only", () => {
    const pairs = Object.values<Entity>(entities).flatMap(({ spans = [], columns }) =>
      spans.map((span) => span.map((column) => columns[column]?.type)),
    );
    expect(pairs.filter(([from, until]) => from !== until || from === undefined)).toEqual([]);
    expect(pairs.length).toBeGreaterThan(20);
  });

  test("offsets of several zones in one file are one time line; what has none follows the zone of the file", async () => {
    const text =
      HEAD +
      row("1", "", "2026-03-29T01:30:00", "2026-03-29T03:30:00") +
      row("2", "", "2026-03-29T06:00:00+05:30", "2026-03-29T00:00:00-05:00");
    const { payloads, rejected } = await collect(
      folder({ "a.csv": text }),
      bookings("a.csv", { time: { zone: "Europe/Berlin" } }),
    );
    expect(rejected).toEqual([]);
    // Clocks in Berlin skipped the hour between.
    expect(payloads).toMatchObject([
      { starts_at: "2026-03-29T00:30:00Z", ends_at: "2026-03-29T01:30:00Z" },
      { starts_at: "2026-03-29T00:30:00Z", ends_at: "2026-03-29T05:00:00Z" },
    ]);
  });

  test("kinds and numbers that mean nothing", async () => {
    const one = async (entity: EntityName, text: string) =>
      (await told({ "a.csv": text }, [{ path: "a.csv", entity }])).rejected[0];
    expect(await one("approval_rule", "id,path\n1,commitee\n")).toContain(
      "a.csv:2:path expected board, peer, automated, template or emergency, found",
    );
    expect(await one("retention_policy", "id,record_class,keep_for,keep_unit\n1,log,0,years\n")).toBe(
      'a.csv:2:keep_for expected a number from 1 to 8760000, found "0"',
    );
    expect(
      await one(
        "rollout_step",
        "id,deployment,strategy,started_at,share\n1,2,canary,2026-03-01T00:00:00Z,5\n",
      ),
    ).toBe('a.csv:2:share expected a number from 0 to 1, found "5"');
    expect(
      await one(
        "service_traffic",
        "service,starts_at,ends_at,requests,errors\nx,2026-03-01T00:00:00Z,2026-03-01T01:00:00Z,10,11\n",
      ),
    ).toBe("a.csv:2:errors expected at most requests (10), found 11");
    expect(await one("provisioning", "id,kind,requested_at\n1,room,2026-03-01T00:00:00Z\n")).toContain(
      "a.csv:2:kind expected runner or environment, found",
    );
    expect(
      await one("drift_scan", "id,environment,scanned_at,differences\n1,stg,2026-03-01T00:00:00Z,-1\n"),
    ).toContain("of at least 0");
  });

  test("text that a spreadsheet would run is kept as text", async () => {
    const { payloads } = await collect(
      folder({ "a.csv": HEAD + row("1", '"=HYPERLINK(""https://example.com"")"') }),
      bookings("a.csv"),
    );
    expect(payloads).toMatchObject([{ purpose: '=HYPERLINK("https://example.com")' }]);
  });

  const text = HEAD + row("1", "Prüfung");
  test.each<[string, Buffer, string | undefined]>([
    ["UTF-8 with a mark", Buffer.from(`\ufeff${text}`), undefined],
    ["UTF-16", Buffer.from(`\ufeff${text}`, "utf16le"), "a.csv:1: expected UTF-8 text, found UTF-16"],
    [
      "UTF-16 without a mark",
      Buffer.from(text, "utf16le"),
      "a.csv:1: expected UTF-8 text, found NUL bytes as in UTF-16",
    ],
    ["Latin-1", Buffer.from(text, "latin1"), "a.csv:2: expected UTF-8 text, found other bytes"],
  ])("in %s", async (_, bytes, reason) => {
    const { keys, rejected } = await told({ "a.csv": bytes }, bookings("a.csv"));
    expect(keys).toEqual(reason === undefined ? ["1"] : []);
    expect(rejected).toEqual(reason === undefined ? [] : [expect.stringContaining(reason)]);
  });

  test("YAML with a bomb of aliases or a key that comes twice is refused as a whole", async () => {
    const bomb = [
      "- &a [lol, lol]",
      "- &b [*a, *a, *a, *a, *a, *a, *a, *a]",
      "- &c [*b, *b, *b, *b, *b, *b, *b, *b]",
      "- [*c, *c, *c, *c, *c, *c, *c, *c]",
    ].join("\n");
    expect((await told({ "a.yaml": bomb }, bookings("a.yaml"))).rejected).toEqual([
      "a.yaml:1: expected YAML, found too many aliases (*name)",
    ]);
    const twice = "- id: 1\n  environment: stg\n  environment: prod\n";
    expect(await told({ "a.yaml": twice }, bookings("a.yaml"))).toEqual({
      keys: [],
      rejected: ["a.yaml:3: expected YAML, found the key is there twice"],
    });
  });
});

test("a wait that ends before it begins, a bill beyond all sums and a comparison below nothing are rejected with their lines", async () => {
  const files = {
    "waits.csv":
      "id,ticket,started_at,ended_at\n1,T1,2026-03-02T00:00:00Z,2026-03-01T00:00:00Z\n2,T1,2026-03-02T00:00:00Z,\n",
    "bills.csv":
      "id,environment,billed_on,amount,currency\n1,stg,2026-02-30,5,EUR\n2,stg,2026-02-01,1e300,EUR\n3,stg,2026-02-01,-5.5,EUR\n",
    "stages.csv": "id,environment,compared_with,checked_at,differences\n1,stg,prd,2026-03-02T00:00:00Z,-1\n",
  };
  const told = async (path: keyof typeof files, entity: EntityName) => {
    const { records, rejected } = await collect(folder(files), [{ path, entity }]);
    return {
      keys: records.map(({ key }) => key),
      rejected: rejected.map(({ file, line, column }) => `${file}:${line}: ${column}`),
    };
  };
  expect(await told("waits.csv", "vendor_wait")).toEqual({
    keys: ["2"],
    rejected: ["waits.csv:2: ended_at"],
  });
  expect(await told("bills.csv", "environment_bill")).toEqual({
    keys: ["3"],
    rejected: ["bills.csv:2: billed_on", "bills.csv:3: amount"],
  });
  expect(await told("stages.csv", "configuration_comparison")).toEqual({
    keys: [],
    rejected: ["stages.csv:2: differences"],
  });
});

test("a mapping to what no entity has is told with what is meant", () => {
  expect(problems([{ path: "a.csv", entity: "retention_policies" }])[0]).toContain("retention_policy");
  expect(problems([{ path: "a.csv", entity: "booking", columns: { start_at: "From" } }])).toEqual([
    "files.0.columns.start_at: expected a column of booking; did you mean `starts_at`?",
  ]);
});

test("a file that is not there keeps no other from being read, and is named with all that are not", async () => {
  const yaml = `organisation: Test
time_zone: Europe/Berlin
sources:
  office:
    collector: files
    files:
      - { path: tickets.csv, entity: ticket }
      - { path: releases.csv, entity: release }
      - { path: scans.csv, entity: drift_scan }
`;
  const finished = (act: () => void) => onTestFinished(() => act());
  const example = csvOf([entityOf("drift_scan").example], { header: true });
  const company = await collection(configuredFolder(yaml, { "scans.csv": example }, finished), finished);
  const { streams } = await company.collect();
  expect(streams.map(({ stream, status, stored, message }) => [stream, status, stored, message?.split(":", 1)[0]])).toEqual([
    ["ticket", "failed", 0, "tickets.csv"],
    ["release", "failed", 0, "releases.csv"],
    ["drift_scan", "completed", 1, undefined],
  ]);
});
