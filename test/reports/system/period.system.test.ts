import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { ACME_AS_OF } from "../../../examples/acme/generate.ts";
import { packageRoot } from "../../../src/package-root.ts";
import { openWarehouse } from "../../../src/warehouse/open.ts";
import { acmeSite } from "../../examples/acme-site.ts";
import { readPdf, type ReadPdf } from "../read-pdf.ts";

const folder = mkdtempSync(join(tmpdir(), "acme-period-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Count {
  readonly control: string;
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
  readonly exempt: number;
}

interface Made {
  readonly directory: string;
  readonly megabytes: number;
}

const YEAR = ["timestamptz '2024-12-31 23:00:00+00'", "timestamptz '2025-12-31 23:00:00+00'"] as const;

/** The year 2025 of Acme as the command makes it, in a process of its own. */
function made(output: string, environment: Readonly<Record<string, string>> = {}): Made {
  const code = `process.on("exit", () => {
    const { maxRSS } = process.resourceUsage();
    process.stderr.write("USED " + maxRSS / 1000 + "\\n");
  }); await import(${JSON.stringify(join(packageRoot, "bin/quarterdeck.js"))});`;
  const options = ["pack", "period", "2025", "--sample", "25", "--seed", "2026Q3", "--stratify", "risk"];
  const said = execFileSync(
    "sh",
    [
      "-c",
      'exec "$@" 2>&1',
      "sh",
      ...[process.execPath, "--input-type=module", "-e", code, "quarterdeck", ...options],
      ...["--as-of", ACME_AS_OF, "--config", join(inject("acmeFolder"), "acme"), "--output", output],
    ],
    { encoding: "utf8", env: { ...process.env, ...environment } },
  );
  const [, memory] = /USED ([\d.]+)/.exec(said) ?? [];
  return { directory: join(output, "period-2025"), megabytes: Number(memory) };
}

let pack: Made;
let pdf: ReadPdf;
let counts: Count[];
let population: string[];

beforeAll(async () => {
  await acmeSite();
  pack = made(join(folder, "first"));
  pdf = await readPdf(readFileSync(join(pack.directory, "pack.pdf")));
  const warehouse = await openWarehouse(join(inject("acmeFolder"), "acme", "quarterdeck.duckdb"), {
    mode: "read",
  });
  counts = await warehouse.rows<Count>(
    `select control, count(*) filter (where status = 'pass') as passed, count(*) filter (where status = 'fail') as failed,
       count(*) filter (where status = 'unknown') as unknown, count(*) filter (where status = 'exempt') as exempt
     from controls.result
     where unit_kind = 'source' or (occurred_at >= ${YEAR[0]} and occurred_at < ${YEAR[1]})
     group by control order by control`,
  );
  const deployments = await warehouse.rows<{ deployment_id: string }>(
    `select deployment_id from controls.production_deployment where occurred_at >= ${YEAR[0]} and occurred_at < ${YEAR[1]}
     order by deployment_id`,
  );
  population = deployments.map(({ deployment_id }) => deployment_id);
  warehouse.close();
}, 600_000);

const csv = (name: string) =>
  parse(readFileSync(join(pack.directory, "tables", `${name}.csv`)), { columns: true }) as unknown as Record<
    string,
    string
  >[];

describe("the pack of Acme's year 2025", () => {
  test("counts of every control what the database has, in the PDF and beside it", () => {
    const listed = csv("controls").map(({ control, passed, failed, unknown, exempt }) => ({
      control,
      ...{ passed: Number(passed), failed: Number(failed), unknown: Number(unknown), exempt: Number(exempt) },
    }));
    expect(
      listed
        .filter(({ control }) => counts.some((row) => row.control === control))
        .sort((a, b) => (String(a.control) < String(b.control) ? -1 : 1)),
    ).toEqual(counts);
    const text = pdf.text.replace(/\s+/g, " ");
    const grouped = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
    for (const { passed, failed, unknown, exempt } of counts)
      expect(text).toContain(
        `${grouped(passed)} pass, ${grouped(failed)} fail, ${grouped(unknown)} unknown, ${grouped(exempt)} exempt,`,
      );
  });

  test("has every deployment of the year as population, and prints every deviation", () => {
    expect(
      csv("deployments")
        .map(({ deployment_id }) => deployment_id)
        .sort(),
    ).toEqual(population);
    const text = pdf.text.replace(/\s+/g, "");
    const deviations = csv("deviations");
    expect(deviations).toHaveLength(counts.reduce((sum, { failed }) => sum + failed, 0));
    for (const { unit } of deviations) expect(text).toContain(String(unit).replace(/\s+/g, ""));
  });

  test("has a sample that the script beside it draws again, and a dossier of each", () => {
    const said = execFileSync("sh", ["tables/sampling.sh"], { cwd: pack.directory, encoding: "utf8" });
    const drawn = said
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t")[2]);
    const units = csv("sample").map(({ unit }) => unit);
    expect([...drawn].sort()).toEqual([...units].sort());
    expect(pdf.outline.find(({ title }) => title === "Dossiers")?.items).toHaveLength(25);
  });

  test("attaches what its manifest lists, unaltered", () => {
    const manifest = JSON.parse(readFileSync(join(pack.directory, "manifest.json"), "utf8")) as {
      attached_in_pdf: { file: string; bytes: number }[];
    };
    expect([...pdf.attachments].map(([file, content]) => [file, content.byteLength]).sort()).toEqual(
      manifest.attached_in_pdf.map(({ file, bytes }) => [file, bytes]).sort(),
    );
  });

  test("has no glyph that stands for nothing and alternative text for each figure", () => {
    expect(pdf.missingGlyphs).toBe(0);
    const figures = pdf.trees
      .flatMap(function flat(node): (typeof pdf.trees)[number][] {
        return [node, ...(node.children ?? []).flatMap(flat)];
      })
      .filter(({ role }) => role === "Figure");
    expect(figures.length).toBeGreaterThan(0);
    for (const { alt } of figures) expect(alt?.length).toBeGreaterThan(40);
  });

  test("is the same bytes in another time zone and language", () => {
    const other = made(join(folder, "second"), {
      TZ: "Asia/Tokyo",
      LANG: "tr_TR.UTF-8",
      LC_ALL: "tr_TR.UTF-8",
    });
    const sums = (directory: string) => readFileSync(join(directory, "SHA256SUMS"), "utf8");
    expect(sums(other.directory)).toBe(sums(pack.directory));
  });

  test("takes less than 700 MB", () => {
    expect(pack.megabytes).toBeLessThan(700);
  });
});
