import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderPdf } from "../../../reports/layout/render.ts";
import { writeReleasePack, type BuiltPack } from "../../../reports/release/build.ts";
import { releaseDocument } from "../../../reports/release/document.ts";
import type { PackDocument } from "../../../reports/layout/nodes.ts";
import { draftPlan, emptyData, hostile, hostileData, releaseData } from "../fixture.ts";
import { elementsOf, readPdf, type ReadPdf } from "../read-pdf.ts";

const folder = mkdtempSync(join(tmpdir(), "pack-"));
afterAll(() => rmSync(folder, { recursive: true }));

const sha256 = (content: Uint8Array | string): string => createHash("sha256").update(content).digest("hex");

function tablesOf(document: PackDocument) {
  return [document.cover, ...document.sections.map(({ nodes }) => nodes)]
    .flat()
    .filter((node) => node.kind === "table" || node.kind === "keyValues");
}

describe("a release pack", () => {
  let pack: BuiltPack;
  let pdf: ReadPdf;

  beforeAll(async () => {
    pack = await writeReleasePack(releaseData, folder);
    pdf = await readPdf(readFileSync(join(pack.directory, "pack.pdf")));
  });

  test("is a folder with the PDF, its tables, its queries and what verifies them", () => {
    expect(pack.directory).toBe(join(folder, "payments-2.4.0"));
    expect(pack.warnings).toEqual([]);
    expect(pack.files).toEqual(
      expect.arrayContaining([
        "SHA256SUMS",
        "VERIFY.md",
        "manifest.json",
        "pack.pdf",
        "sql/model.change.sql",
        "tables/changes.csv",
      ]),
    );
    const there = readdirSync(pack.directory, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(there).toHaveLength(pack.files.length);
  });

  test("says what happened, how it turned out and what supports it", () => {
    expect(pdf.pages[0]!.replace(/\s+/g, " ")).toContain(
      "Payments 2.4.0 went live in production on 12 Jan 2026 14:05 with 7 changes. It counts as a change failure. 5 of 7 changes are known to be approved by somebody other than the author before the merge.",
    );
    expect(pdf.pages[0]).toContain("None. This pack is a draft.");
  });

  test("has every section, in bookmarks and contents alike", () => {
    expect(pdf.outline.map(({ title }) => title)).toEqual([
      "Summary",
      "Changes",
      "Approvals",
      "Controls",
      "Tests",
      "Deployment log",
      "Lead times",
      "Incidents",
      "Scorecard",
      "Pre-mortem",
      "Feature exposure",
      "Outcome",
      "Completeness and provenance",
      "Method",
      "Manifest",
    ]);
  });

  test("tags as many rows and cells as its tables have", () => {
    const tables = tablesOf(releaseDocument(releaseData, draftPlan));
    const rows = tables.reduce((sum, node) => sum + node.rows.length + (node.kind === "table" ? 1 : 0), 0);
    const cells = tables.reduce(
      (sum, node) => sum + node.rows.length * (node.kind === "table" ? node.columns.length : 1),
      0,
    );
    const elements = elementsOf(readFileSync(join(pack.directory, "pack.pdf")));
    expect(elements.get("TR")).toBe(rows);
    expect(elements.get("TD")).toBe(cells);
    expect(elements.get("Figure")).toBe(1);
  });

  test("prints for every attachment the hash that it has", () => {
    const last = pdf.text.slice(pdf.text.lastIndexOf("Manifest"));
    const manifest = JSON.parse(readFileSync(join(pack.directory, "manifest.json"), "utf8")) as {
      attached_in_pdf: { file: string; sha256: string; bytes: number }[];
    };
    expect(pdf.attachments.size).toBe(manifest.attached_in_pdf.length);
    for (const { file, sha256: hash, bytes } of manifest.attached_in_pdf) {
      const content = pdf.attachments.get(file)!;
      expect([sha256(content), content.byteLength]).toEqual([hash, bytes]);
      expect(last).toContain(file);
      expect(last).toContain(hash);
    }
  });

  test("has tables beside it that are those inside it", () => {
    for (const path of pack.files.filter((file) => /^tables\/.*\.csv$/.test(file))) {
      expect(readFileSync(join(pack.directory, path))).toEqual(
        Buffer.from(pdf.attachments.get(path.slice(7))!),
      );
    }
  });

  test("lists the sum of every file", () => {
    const sums = readFileSync(join(pack.directory, "SHA256SUMS"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => line.split("  "));
    expect(sums.map(([, path]) => path).sort()).toEqual(pack.files.filter((path) => path !== "SHA256SUMS"));
    for (const [hash, path] of sums) expect(sha256(readFileSync(join(pack.directory, path!)))).toBe(hash);
  });

  test("marks local rules with their hash and prints the version of the others", () => {
    const text = pdf.text.replace(/\s+/g, " ");
    expect(text).toContain("Replaced or added by local rules: metrics.wave_outcome");
    expect(text).toContain(`local rule ${releaseData.queries[1]!.sha256.slice(0, 12)}`);
  });

  test("is the same file, byte for byte, when made again over the older one", async () => {
    const before = readFileSync(join(pack.directory, "SHA256SUMS"), "utf8");
    writeFileSync(join(pack.directory, "left-behind.txt"), "x");
    await writeReleasePack(releaseData, folder);
    expect(readFileSync(join(pack.directory, "SHA256SUMS"), "utf8")).toBe(before);
    expect(readdirSync(pack.directory)).not.toContain("left-behind.txt");
  });

  test("takes less than 0.7 s", async () => {
    const spent = async (): Promise<number> => {
      const before = process.cpuUsage();
      await renderPdf(releaseDocument(releaseData, draftPlan));
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    expect(Math.min(await spent(), await spent(), await spent())).toBeLessThan(700);
  });
});

test("a folder that holds something else is left alone", async () => {
  const directory = join(folder, "elsewhere", "payments-2.4.0");
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "thesis.txt"), "mine");
  await expect(writeReleasePack(releaseData, join(folder, "elsewhere"))).rejects.toThrow(
    /holds something else/,
  );
  expect(readFileSync(join(directory, "thesis.txt"), "utf8")).toBe("mine");
});

test("a section without data says which source would bring it, and never that all is well", async () => {
  const { text } = await readPdf((await renderPdf(releaseDocument(emptyData, draftPlan))).bytes);
  const words = text.replace(/\s+/g, " ");
  expect(words).toContain("payments 2.4.0 is not known to have gone live in production.");
  for (const missing of [
    "No approvals were collected: a source of deployment_approval",
    "No test results were collected: a source of test_result",
    "No incidents were collected: a source of incident",
    "No lead time is known",
    "No deployment of this release is known",
    "Nobody has asserted that any kind of record is complete",
  ]) {
    expect(words).toContain(missing);
  }
  expect(words).not.toMatch(/compli|passed|no failure|every change was approved|100\s?%/i);
});

describe("a release pack of hostile text", () => {
  let pack: BuiltPack;

  beforeAll(async () => {
    pack = await writeReleasePack(hostileData, join(folder, "hostile"));
  });

  test("stays inside its folder", () => {
    expect(pack.directory.startsWith(join(folder, "hostile") + "/")).toBe(true);
    expect(pack.directory.slice(folder.length)).toMatch(/^\/hostile\/[A-Za-z0-9._-]+$/);
    expect(statSync(pack.directory).isDirectory()).toBe(true);
    expect(pack.files.every((path) => /^(tables\/|sql\/)?[A-Za-z0-9._-]+$/.test(path))).toBe(true);
  });

  test("puts no formula into a spreadsheet and no script into a link", async () => {
    for (const path of pack.files.filter((file) => file.endsWith(".csv"))) {
      expect(readFileSync(join(pack.directory, path), "utf8")).not.toMatch(/(^|,|\n)"?[=@+]/);
    }
    const pdf = await readPdf(readFileSync(join(pack.directory, "pack.pdf")));
    expect(pdf.links.filter(({ url }) => url !== undefined && !/^https?:/.test(url))).toEqual([]);
    expect(pdf.missingGlyphs).toBe(0);
    expect(pdf.text.replace(/\s+/g, "").split("END-OF-LONG").length - 1).toBe(
      1 + hostileData.approvals.length,
    );
    expect(hostile.version).toContain("..");
  });

  test("is told apart from another whose name differs only in what is not printable", async () => {
    const other = await writeReleasePack(
      { ...hostileData, summary: { ...hostileData.summary, version: `${hostile.version}\u202E` } },
      join(folder, "hostile"),
    );
    expect(other.directory).not.toBe(pack.directory);
  });
});
