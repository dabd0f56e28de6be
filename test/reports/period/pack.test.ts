import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildDossierPack } from "../../../reports/dossier/build.ts";
import { readDossiers } from "../../../reports/dossier/read.ts";
import { buildPeriodPack } from "../../../reports/period/build.ts";
import { readPeriodData, type PeriodRequest } from "../../../reports/period/read.ts";
import { periodOf } from "../../../reports/period/range.ts";
import type { BuiltPack } from "../../../reports/release/build.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { given } from "../../support/history.ts";
import { readPdf, type ReadPdf } from "../read-pdf.ts";
import { has, stepsOf, typed, type Step } from "../verify/steps.ts";

const HOSTILE = "<script>alert(1)</script>";
const SCRIPTS = "Кириллица, Ελληνικά, 日本語と繁體中文, 한국어, العربية, עברית";
/** Direction override, zero width, an emoji without a glyph, a path. */
const UNSEEN = "a\u202Eb\u200Bc \u{1FAE0} ../../etc";
const UNBROKEN = "x".repeat(400);

/*
 * January 2026 in Berlin is [2025-12-31T23:00Z, 2026-01-31T23:00Z). Of `api`: d1 at its first second, d2 without a change request, d3 whose request is
 * not there, d4 failed; d0 a second before, d9 at its end, x1 left out by configuration, s1 in staging. Of `web`: w1.
 */
const history = {
  asOf: "2026-03-01T00:00:00Z",
  whole: true,
  controls: ["POP-01", "POP-02", "POP-03", "EMG-01", "EMG-02"],
  complete: ["change_request", "deployment", "incident"],
  config: {
    time_zone: "Europe/Berlin",
    services: { api: { repository: "api", title: "The API" }, web: { repository: "web" } },
    environments: { production: { kind: "production" }, staging: { kind: "staging" } },
    metrics: { exclude_deployments: [{ id: "x1", reason: "A drill" }] },
  },
  data: {
    deployment: `
      id | service | environment | version | started_at | finished_at | status | change_requests
      d0 | api | production | 1.0 | 2025-12-31T22:59:59Z | 2025-12-31T23:10:00Z | success | CR-1
      d1 | api | production | 1.1 | 2025-12-31T23:00:00Z | 2025-12-31T23:20:00Z | success | CR-1
      d2 | api | production | 1.2 | 2026-01-10T10:00:00Z | 2026-01-10T10:10:00Z | success |
      d3 | api | production | 1.3 | 2026-01-12T10:00:00Z | 2026-01-12T10:10:00Z | success | CR-404
      d4 | api | production | 1.4 | 2026-01-14T10:00:00Z | 2026-01-14T10:10:00Z | failure | CR-2
      d9 | api | production | 1.5 | 2026-01-31T23:00:00Z | 2026-01-31T23:10:00Z | success | CR-2
      x1 | api | production | 1.6 | 2026-01-15T10:00:00Z | 2026-01-15T10:10:00Z | success |
      s1 | api | staging | 1.6 | 2026-01-15T10:00:00Z | 2026-01-15T10:10:00Z | success |
      w1 | web | production | 9.0 | 2026-01-16T10:00:00Z | 2026-01-16T10:10:00Z | success |`,
    deployment_approval: `
      id | deployment | approver | decision | decided_at
      g4 | d4 | dee | approved | 2026-01-14T09:30:00Z
      g9 | d9 | dee | approved | 2026-01-31T22:30:00Z`,
    change_request_approval: `
      id | change_request | approver | decision | decided_at | justification
      A-1 | CR-1 | ann | approved | 2025-12-30T10:00:00Z | ${SCRIPTS}
      A-2 | CR-1 | ben | rejected | 2026-01-02T10:00:00Z | ${"Because it was so. ".repeat(530)}END-OF-LONG
      A-3 | CR-1 | cai | rejected | 2026-01-03T10:00:00Z | ${UNSEEN} ${UNBROKEN}`,
    change_request: `
      id | title | type | risk | service | status | created_at | planned_start | planned_end | closed_at
      CR-1 | Begin | normal | low | api | Closed | 2025-12-30T09:00:00Z | 2025-12-31T20:00:00Z | 2026-01-01T20:00:00Z | 2026-01-02T09:00:00Z
      CR-2 | ${HOSTILE} | emergency | high | api | Open | 2026-01-13T09:00:00Z | 2026-01-14T09:00:00Z | 2026-01-14T12:00:00Z |
      CR-3 | Never deployed | normal | low | api | Closed | 2026-01-20T09:00:00Z | 2026-01-21T09:00:00Z | 2026-01-21T12:00:00Z | 2026-01-22T09:00:00Z`,
    incident: `
      id | service | title | severity | started_at | resolved_at | caused_by
      i1 | api | Down | 1 | 2026-01-10T10:30:00Z | 2026-01-10T12:00:00Z | d2`,
  },
} satisfies Parameters<typeof given>[0];

const folder = mkdtempSync(join(tmpdir(), "period-pack-"));
const january = periodOf("2026-01", 1);
let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await given(history);
});
afterAll(() => {
  warehouse.close();
  rmSync(folder, { recursive: true });
});

const read = (request: Partial<PeriodRequest> = {}) =>
  readPeriodData(warehouse, { period: january, services: [], ...request }, []);

const ids = (rows: readonly { deployment_id: string }[]) => rows.map(({ deployment_id }) => deployment_id);

describe("what belongs to a period", () => {
  test("attempts that began in its days of the organisation's time zone, those that failed included", async () => {
    const { deployments, excluded, populations } = await read();
    expect(ids(deployments)).toEqual(["data:d1", "data:d2", "data:d3", "data:d4", "data:w1"]);
    expect(excluded.map(({ deployment_id, excluded_reason }) => [deployment_id, excluded_reason])).toEqual([
      ["data:x1", "A drill"],
    ]);
    expect(populations[0]).toMatchObject({
      population: "production deployments",
      held: 8,
      units: 5,
      excluded: 1,
      without_time: 0,
    });
  });

  test("change requests that were filed in it", async () => {
    const { requests } = await read();
    expect(requests.map(({ native_id, deployments }) => [native_id, deployments])).toEqual([
      ["CR-2", ["data:d4", "data:d9"]],
      ["CR-3", []],
    ]);
  });

  test("all counts of every control, and their interval", async () => {
    const { controls } = await read();
    // d1 and d4 lead to a request; d2, d3 and w1 to none.
    const pop1 = controls.find(({ control }) => control === "POP-01");
    expect(pop1).toMatchObject({
      units: 5,
      passed: 2,
      failed: 3,
      unknown: 0,
      exempt: 0,
      not_applicable: 0,
      rate: 0.4,
    });
    // Wilson, 2 of 5.
    expect(pop1?.rate_low).toBeCloseTo(0.1176, 3);
    expect(pop1?.rate_high).toBeCloseTo(0.7693, 3);
    expect(controls.find(({ control }) => control === "POP-02")).toMatchObject({
      units: 2,
      failed: 1,
      not_due: 1,
      passed: 0,
      rate: 0,
    });
  });

  test("sources as they stand, whatever the period", async () => {
    const { controls } = await read({ period: periodOf("2020", 1) });
    expect(controls.find(({ control }) => control === "POP-03")?.units).toBe(1);
    expect(controls.find(({ control }) => control === "POP-01")).toMatchObject({
      units: 0,
      rate: null,
      rate_low: null,
    });
  });

  test("of chosen services only theirs", async () => {
    const { deployments, controls, scope } = await read({ services: ["web"] });
    expect(ids(deployments)).toEqual(["data:w1"]);
    expect(controls.find(({ control }) => control === "POP-01")).toMatchObject({ units: 1, failed: 1 });
    expect(scope).toMatchObject({ services: 1, is_whole: false });
  });

  test("of a framework only the controls that give evidence for it", async () => {
    const { controls, clauses } = await read({ framework: "sox" });
    expect(controls.map(({ control }) => control)).toEqual(["POP-02", "POP-03"]);
    expect(clauses).toEqual([]);
  });

  test("nothing of what as-of does not know yet", async () => {
    const { scope, deployments } = await read({ period: periodOf("2026", 1) });
    expect(scope).toMatchObject({ is_open: true, known_until: "2026-03-01T00:00:00Z" });
    expect(ids(deployments)).toContain("data:d9");
  });
});

test("deployments and change requests are held against each other in both directions, and the answers add up", async () => {
  const { reconciliation, unreconciled, deployments, requests } = await read();
  const answers = reconciliation.map(({ control, answer, units }) => [control, answer, units]);
  expect(answers).toEqual([
    ["POP-01", "reconciled", 2],
    ["POP-01", "not reconciled", 3],
    ["POP-02", "not reconciled", 1],
    ["POP-02", "not due yet", 1],
  ]);
  const sum = (control: string) =>
    reconciliation.filter((row) => row.control === control).reduce((total, { units }) => total + units, 0);
  expect([sum("POP-01"), sum("POP-02")]).toEqual([deployments.length, requests.length]);
  expect(unreconciled.map(({ unit }) => unit)).toEqual(["data:d2", "data:d3", "data:w1", "data:CR-3"]);
});

describe("the pack", () => {
  let pack: BuiltPack;
  let pdf: ReadPdf;
  const csv = (name: string) =>
    parse(readFileSync(join(pack.directory, "tables", `${name}.csv`)), {
      columns: true,
    }) as unknown as Record<string, string>[];

  beforeAll(async () => {
    pack = await buildPeriodPack(warehouse, { period: january, services: [] }, folder);
    pdf = await readPdf(readFileSync(join(pack.directory, "pack.pdf")));
  });

  test("has its sections in the order in which auditors ask", () => {
    expect(pack.directory).toBe(join(folder, "period-2026-01"));
    expect(pdf.outline.map(({ title }) => title)).toEqual([
      "Summary",
      "Scope and settings",
      "Completeness and accuracy",
      "Reconciliation",
      "Control results",
      "Exemptions",
      "Emergency changes",
      "Approvals and separation of duties",
      "Test evidence",
      "Deployment log",
      "Sample",
      "Dossiers",
      "Incident correlation",
      "Regulatory mapping",
      "Manifest",
      "Method",
      "Glossary",
    ]);
  });

  test("prints every deviation in full, and what is said of completeness", () => {
    const text = pdf.text.replace(/\s+/g, " ");
    for (const unit of ["data:d2", "data:d3", "data:w1", "data:CR-3"]) expect(text).toContain(unit);
    expect(text).toContain("The deployment names CR-404, which the ticket system does not have.");
    expect(text).toContain("2 pass, 3 fail, 0 unknown, 0 exempt, 0 not applicable");
    expect(text).toContain("40 % of 5 units, 95 % interval 11.8–76.9 %");
    expect(text).toContain("A drill");
    expect(text).toContain("test");
    expect(text).not.toMatch(/compli(es|ant)/i);
  });

  test("has the whole of every list beside it, and the queries that made them", () => {
    expect(csv("deployments").map(({ deployment_id }) => deployment_id)).toEqual([
      "data:d1",
      "data:d2",
      "data:d3",
      "data:d4",
      "data:w1",
    ]);
    expect(csv("deviations").map(({ control, unit }) => [control, unit])).toEqual([
      ["EMG-01", "data:CR-2"],
      ["POP-01", "data:d2"],
      ["POP-01", "data:d3"],
      ["POP-01", "data:w1"],
      ["POP-02", "data:CR-3"],
    ]);
    expect(pack.files).toEqual(
      expect.arrayContaining(["sql/period_result.sql", "sql/controls.pop_01.sql", "sql/controls.result.sql"]),
    );
    expect(readFileSync(join(pack.directory, "sql/period_result.sql"), "utf8")).toContain(
      "title: Results of the period",
    );
    expect([...pdf.attachments.keys()]).toContain("period_result.sql");
  });

  test("attaches and describes the queries that decide what is in a population", () => {
    const text = pdf.text.replace(/\s+/g, "");
    const populations = csv("populations");
    expect(populations).toHaveLength(4);
    for (const { relation, sha256: hash } of populations) {
      const query = pdf.attachments.get(`${relation}.sql`);
      expect(query && createHash("sha256").update(query).digest("hex")).toBe(hash);
      expect(text.split(relation!).length, relation).toBeGreaterThan(3);
    }
    expect(text).toContain("Queriesthatdecidewhatisinapopulation(4)");
  });

  test.skipIf(!["bash", "sha256sum", "grep", "sed", "awk", "paste", "diff"].every(has))(
    "VERIFY.md computes the digests on the cover and follows a record, typed as it is written",
    () => {
      const steps = stepsOf(readFileSync(join(pack.directory, "VERIFY.md"), "utf8"));
      const asked = [
        "The log of what was collected is whole",
        "The batches of the log are made of these records",
        "The digests on the cover follow from files of this pack",
        "From an id to its record",
      ].flatMap((title) => steps.get(title) ?? []);
      expect(asked).toHaveLength(7);
      for (const { commands, expected } of asked) {
        const said = typed(commands, pack.directory);
        expect(expected === "" ? said : said.slice(0, expected.length), commands).toBe(expected);
      }
      const text = pdf.text.replace(/\s+/g, "");
      const digests = asked[2]!.expected.match(/^[0-9a-f]{64}/gm)!;
      expect(digests).toHaveLength(3);
      for (const digest of digests) expect(text).toContain(digest);
    },
  );

  test.skipIf(!["bash", "sha256sum", "sed", "diff"].every(has))(
    "the same commands find a record and a query that were altered",
    () => {
      const steps = stepsOf(readFileSync(join(pack.directory, "VERIFY.md"), "utf8"));
      const [, queries, records] = steps.get("The digests on the cover follow from files of this pack")!;
      const altered = (file: string, step: Step, change: (text: string) => string) => {
        const path = join(pack.directory, file);
        const before = readFileSync(path, "utf8");
        writeFileSync(path, change(before));
        const said = typed(step.commands, pack.directory);
        writeFileSync(path, before);
        return said;
      };
      expect(altered("sql/controls.pop_01.sql", queries!, (text) => `${text} `)).toContain(
        "sql/controls.pop_01.sql: FAILED",
      );
      const [batches] = steps.get("The batches of the log are made of these records")!;
      expect(altered("evidence/sealed.csv", batches!, (text) => text.replace(/[0-9a-f]{64}\n/, `${"0".repeat(64)}\n`))).toMatch(/^batch 1 is [0-9a-f]{64}\n$/);
      const without = (text: string) => text.slice(text.indexOf("\n") + 1);
      expect(altered("evidence/data/incident.jsonl", records!, without)).toMatch(/^> data incident /m);
      expect(altered("evidence/data/change_request.jsonl", records!, without)).toMatch(
        /^< data change_request /m,
      );
    },
  );

  test("prints hostile text as text", () => {
    const text = pdf.text.replace(/\s+/g, " ");
    expect(text).toContain(HOSTILE);
    expect(text).toContain("a[U+202E]b[U+200B]c [U+1FAE0] ../../etc");
    expect(pdf.missingGlyphs).toBe(0);
    expect(pack.warnings.join()).toContain("U+1FAE0");
  });

  test("cuts nothing off: a long justification and a word without a break go on", () => {
    const text = pdf.text.replace(/\s+/g, "");
    expect(text.split("Becauseitwasso.").length - 1).toBe(530);
    expect(text).toContain("END-OF-LONG");
    expect(text).toContain(UNBROKEN);
  });

  test("links controls to where their results are", () => {
    expect(pdf.links.filter(({ dest }) => dest === "control.pop-01").length).toBeGreaterThan(2);
  });

  test("is the same bytes when made again", async () => {
    const before = readFileSync(join(pack.directory, "SHA256SUMS"), "utf8");
    await buildPeriodPack(warehouse, { period: january, services: [] }, folder);
    expect(readFileSync(join(pack.directory, "SHA256SUMS"), "utf8")).toBe(before);
  });

  test("of a period without anything says what would bring it, and never that all is well", async () => {
    const empty = await buildPeriodPack(warehouse, { period: periodOf("2020", 1), services: [] }, folder);
    const { text } = await readPdf(readFileSync(join(empty.directory, "pack.pdf")));
    const words = text.replace(/\s+/g, " ");
    expect(words).toContain("No production deployment of the period is known.");
    expect(words).toContain("nothing was to be judged");
    expect(words).toContain("No incident of the period is among those collected.");
    expect(words).not.toMatch(/compli(es|ant)|100\s?% of 0|0–100/i);
  });
});

describe("a sample", () => {
  const drawn = { size: 3, seed: "2026Q3", stratify: "service", ids: [] } as const;
  let pack: BuiltPack;
  let pdf: ReadPdf;

  beforeAll(async () => {
    pack = await buildPeriodPack(
      warehouse,
      { period: january, services: [], sample: drawn },
      join(folder, "sampled"),
    );
    pdf = await readPdf(readFileSync(join(pack.directory, "pack.pdf")));
  });

  const workbook = () =>
    parse(readFileSync(join(pack.directory, "tables/sample.csv")), { columns: true }) as unknown as Record<
      string,
      string
    >[];

  test("is drawn again by the script beside it", () => {
    const said = execFileSync("sh", ["tables/sampling.sh"], { cwd: pack.directory, encoding: "utf8" });
    const lines = said
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t"));
    expect(lines).toEqual(workbook().map(({ stratum, sha256, unit }) => [stratum, sha256, unit]));
    expect(lines).toHaveLength(3);
  });

  test("is drawn again by the line that the PDF prints", () => {
    const line = /printf '%s' '2026Q3:<id>' \| sha256sum/.exec(pdf.text.replace(/\s+/g, " "))?.[0] ?? "";
    for (const { unit, sha256 } of workbook()) {
      const said = execFileSync("sh", ["-c", line.replace("<id>", unit ?? "")], { encoding: "utf8" });
      expect(said.slice(0, 64)).toBe(sha256);
      expect(pdf.text.replace(/\s+/g, "")).toContain(sha256);
    }
  });

  test("has room for the auditor's conclusion, and a dossier for each change", () => {
    expect(Object.keys(workbook()[0] ?? {}).slice(-5)).toEqual([
      "tested_by",
      "tested_on",
      "evidence_seen",
      "conclusion",
      "remarks",
    ]);
    const dossiers = pdf.outline.find(({ title }) => title === "Dossiers")?.items.map(({ title }) => title);
    expect(dossiers).toEqual(
      workbook().map(({ dossier, service_title, unit }) => `Dossier ${dossier}: ${service_title}, ${unit}`),
    );
    expect(pdf.links.some(({ dest }) => dest === "dossier.1")).toBe(true);
    expect(pdf.links.some(({ dest }) => dest === "manifest")).toBe(true);
  });

  test("may be chosen by the auditor, by deployment or change request", async () => {
    const { sample, dossiers } = await read({ sample: { size: 0, seed: "", ids: ["data:d2", "CR-2"] } });
    expect(sample?.rows.map(({ unit }) => unit)).toEqual(["data:d2", "data:d4"]);
    expect(dossiers.map(({ dossier }) => dossier.unit)).toEqual(["data:d2", "data:d4"]);
  });

  test("names ids that mean nothing in the period", async () => {
    const asked = read({ sample: { size: 0, seed: "", ids: ["data:d2", "data:d9", "CR-404"] } });
    await expect(asked).rejects.toThrow(/is "data:d9", "CR-404"; tables\/deployments.csv/);
  });
});

describe("a dossier of its own", () => {
  const pdfOf = async (id: string) => {
    const pack = await buildDossierPack(warehouse, id, join(folder, "dossiers"));
    return { pack, pdf: await readPdf(readFileSync(join(pack.directory, "pack.pdf"))) };
  };

  test("goes from the request to what came of it", async () => {
    const { pack, pdf } = await pdfOf("d1");
    expect(pack.directory.slice(folder.length)).toMatch(/^\/dossiers\/dossier-data-d1-[0-9a-f]{8}$/);
    expect(pdf.outline.map(({ title }) => title)).toEqual([
      "Request and risk",
      "Approval",
      "Changes and review",
      "Tests",
      "Separation of duties",
      "Deployment",
      "Validation and other evidence",
      "Outcome and incidents",
      "What controls say",
      "Course of events",
      "Manifest",
      "Method",
    ]);
    const text = pdf.text.replace(/\s+/g, " ");
    expect(text).toContain("normal; risk low");
    expect(text).toContain("The deployment names a change request that is there.");
    // Latin, Cyrillic, Greek, Han, kana and Hangul as they are; Arabic and Hebrew in the order in which they are read.
    for (const word of ["Кириллица", "Ελληνικά", "日本語と繁體中文", "한국어"]) expect(text).toContain(word);
    expect(pdf.missingGlyphs).toBe(0);
  });

  test("says of an incident that it counts as the effect", async () => {
    const { pdf } = await pdfOf("data:d2");
    const text = pdf.text.replace(/\s+/g, " ");
    expect(text).toContain("No change request is known that it goes by");
    expect(text).toContain("counts as a change failure");
    expect(text).toContain("The deployment names no change request");
  });

  test("of a change request has all its deployments, or says that there are none", async () => {
    const { pdf } = await pdfOf("CR-2");
    expect(pdf.text).toContain("data:d4");
    expect(pdf.text).toContain("data:d9");
    const none = await pdfOf("CR-3");
    expect(none.pdf.text.replace(/\s+/g, " ")).toContain(
      "No production deployment is known that goes by it.",
    );
  });

  test("compares a decision with the start of what it is about", async () => {
    const { decisions } = await readDossiers(warehouse, ["data:CR-2"]);
    // g9 came after d4 had begun, and before d9 did.
    expect(decisions.map(({ subject, timing }) => [subject, timing])).toEqual([
      ["data:d4", "before the start"],
      ["data:d9", "before the start"],
    ]);
  });

  test.each(["nothing", "s1", "x1"])("%s is no production deployment that controls look at", async (id) => {
    await expect(buildDossierPack(warehouse, id, folder)).rejects.toThrow(
      /no production deployment and no change request has the id/,
    );
  });
});
