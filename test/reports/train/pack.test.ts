import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeTrainPack } from "../../../reports/train/build.ts";
import type { BuiltPack } from "../../../reports/release/build.ts";
import { releaseData } from "../fixture.ts";
import { readPdf, type ReadPdf } from "../read-pdf.ts";

const folder = mkdtempSync(join(tmpdir(), "train-pack-"));
afterAll(() => rmSync(folder, { recursive: true }));

const other = {
  ...releaseData,
  summary: { ...releaseData.summary, service: "ledger", service_title: "Ledger", version: "3.0" },
  changes: releaseData.changes.slice(0, 2).map((row) => ({ ...row, service: "ledger", version: "3.0" })),
};
const { provenance, queries, collectionLog } = releaseData;
let pack: BuiltPack;
let pdf: ReadPdf;

beforeAll(async () => {
  pack = await writeTrainPack(
    { train: "../2026-01", releases: [other, releaseData], provenance, queries, collectionLog },
    folder,
  );
  pdf = await readPdf(readFileSync(join(pack.directory, "pack.pdf")));
});

describe("the pack of a release train", () => {
  test("stays in its folder whatever the train is called", () => {
    expect(pack.directory.slice(folder.length)).toMatch(/^\/train-[A-Za-z0-9.-]+$/);
    expect(pack.directory).not.toContain("..");
  });

  test("has the sections of each release, and what they share once", () => {
    const titles = pdf.outline.map(({ title }) => title);
    expect(titles.slice(0, 3)).toEqual([
      "Releases of the train",
      "Ledger 3.0: Summary",
      "Ledger 3.0: Changes",
    ]);
    expect(titles).toContain("Payments 2.4.0: Incidents");
    expect(titles.slice(-3)).toEqual(["Completeness and provenance", "Method", "Manifest"]);
  });

  test("leads from each release to its own pages", () => {
    const targets = pdf.links.map(({ dest }) => dest);
    expect(targets).toEqual(expect.arrayContaining(["r1.summary", "r2.summary"]));
  });

  test("has one table over all releases, whose rows name theirs", () => {
    const rows = parse(readFileSync(join(pack.directory, "tables/changes.csv")), {
      columns: true,
    }) as unknown as { version: string }[];
    const of = (version: string) => rows.filter((row) => row.version === version).length;
    expect([rows.length, of("3.0"), of("2.4.0")]).toEqual([
      other.changes.length + releaseData.changes.length,
      2,
      releaseData.changes.length,
    ]);
  });
});
