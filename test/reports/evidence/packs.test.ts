import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildDossierPack } from "../../../reports/dossier/build.ts";
import { leftOutFile } from "../../../reports/evidence/enough.ts";
import { reperform } from "../../../reports/evidence/reperform/reperform.ts";
import { contentOf, recomputed } from "../../../reports/folder/guide-evidence.ts";
import { manifestEntry, sha256 } from "../../../reports/folder/files.ts";
import type { Manifest } from "../../../reports/folder/manifest.ts";
import { pathsIn, sumLines } from "../../../reports/folder/sums.ts";
import { buildPeriodPack } from "../../../reports/period/build.ts";
import { periodOf } from "../../../reports/period/range.ts";
import type { BuiltPack } from "../../../reports/release/build.ts";
import { buildTrainPack } from "../../../reports/train/build.ts";
import { main } from "../../../src/cli/main.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { recordedEffects } from "../../cli/effects.ts";
import { readBack } from "../read-parquet.ts";
import { history, rehash, rewrite, twoDeployments } from "./support.ts";

const folder = mkdtempSync(join(tmpdir(), "evidence-packs-"));
let warehouse: Warehouse;
let period: BuiltPack;
let train: BuiltPack;
let dossier: BuiltPack;

beforeAll(async () => {
  const { change, deployment, deployment_approval: approval } = twoDeployments.data as Record<string, string>;
  warehouse = await history({
    data: {
      ...twoDeployments.data,
      // Another service, with a repository of its own.
      change: `${change}
      c9 | web        | rosa   | 2026-01-01T08:00:00Z | 2026-01-02T09:00:00Z | ${"9".repeat(40)}`,
      deployment: `${deployment}
      d9 | web     | production  | web        | ${"9".repeat(40)} | 1.0     | 2026-01-04T09:50:00Z | 2026-01-04T10:00:00Z | success | bo`,
      deployment_approval: `${approval}
      a9 | d9         | rosa     | approved | 2026-01-04T09:30:00Z`,
      release: `
        service | version | train
        api     | 1.0     | march
        api     | 1.1     | march`,
    },
  });
  period = await buildPeriodPack(warehouse, { period: periodOf("2026-03", 1), services: [] }, folder);
  train = await buildTrainPack(warehouse, "march", folder);
  dossier = await buildDossierPack(warehouse, "d2", folder);
});

afterAll(() => {
  warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

const textOf = (pack: BuiltPack, file: string) => readFileSync(join(pack.directory, file), "utf8");

test("every table of every kind of pack lies beside its CSV as Parquet, with as many rows", async () => {
  for (const pack of [period, train, dossier]) {
    const tables = pack.files.filter((file) => /^tables\/.*\.csv$/.test(file));
    expect(tables.length).toBeGreaterThan(3);
    for (const file of tables) {
      const lines = parse(textOf(pack, file)).length - 1;
      const content = readFileSync(join(pack.directory, file.replace(/\.csv$/, ".parquet")));
      expect([basename(pack.directory), file, (await readBack(content)).rows.length]).toEqual([
        basename(pack.directory),
        file,
        lines,
      ]);
    }
  }
});

test("columns of a period have types: instants are instants, counts are numbers", async () => {
  const { types } = await readBack(readFileSync(join(period.directory, "tables/deployments.parquet")));
  expect(Object.fromEntries(types as [string, string][])).toMatchObject({
    deployment_id: "VARCHAR",
    occurred_at: "TIMESTAMP WITH TIME ZONE",
    teams: "VARCHAR[]",
    is_judged: "BOOLEAN",
  });
});

test("the pack of a train carries evidence and results of all its releases, each unit once", async () => {
  expect(train.files).toEqual(
    expect.arrayContaining([
      "config/quarterdeck.json",
      "controls/junit.xml",
      "controls/results.csv",
      "evidence-log.jsonl",
      "evidence/data/deployment.jsonl",
      "evidence/index.json",
      "evidence/redactions.csv",
      "oscal/assessment-results.json",
    ]),
  );
  const results = parse(textOf(train, "controls/results.csv"), { columns: true }) as unknown as {
    control: string;
    unit: string;
    status: string;
  }[];
  expect(results.map(({ control, unit, status }) => [control, unit, status])).toEqual([
    ["SOD-01", "data:d1", "pass"],
    ["SOD-01", "data:d2", "fail"],
  ]);
  const keys = textOf(train, "evidence/data/deployment.jsonl")
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { key: string }).key);
  // Those of its service: what was live before tells what a deployment brought.
  expect(keys).toEqual(['["d0",null]', '["d1",null]', '["d2",null]']);
  const records = train.files.filter((file) => /^evidence\/data\/.*\.jsonl$/.test(file)).map((file) => textOf(train, file));
  expect(records.join("")).not.toMatch(/"c9"|"d9"|"a9"|rosa/);
  expect(textOf(train, "oscal/assessment-results.json")).toContain('"release train march"');
});

test("results of a train are computed anew from its own records, or from those of a period pack", async () => {
  const { compared, differences, refusal } = await reperform(train.directory, { evidence: period.directory });
  expect({ compared, differences, refusal }).toEqual({ compared: 2, differences: [], refusal: undefined });
  expect(await verified(train.directory)).toEqual([
    0,
    expect.stringMatching(/; 2 results, computed anew from its evidence, are the same\n$/),
  ]);
  expect(textOf(train, "VERIFY.md")).toContain("That was tried when the pack was made: all 2 come out as they stand there.");
});

test("results that follow from records which a pack has not are named in VERIFY.md and by `verify`, and judged by nobody", async () => {
  const poor = join(folder, "poor");
  cpSync(train.directory, poor, { recursive: true });
  // Jane approved her own change by this record; without it nobody approved.
  rewrite(join(poor, "evidence/data/deployment_approval.jsonl"), (line) => line.replace('"deployment":"d2"', '"deployment":"d0"'));
  rehash(poor, "data", "deployment_approval");
  const files = pathsIn(poor).map((path) => ({ path, content: readFileSync(join(poor, path)) }));
  const list = await leftOutFile(files, undefined);
  expect([list.path, new TextDecoder().decode(list.content)]).toEqual([
    "controls/not-recomputed.csv",
    "control,unit_kind,unit\nSOD-01,deployment,data:d2\n",
  ]);
  writeFileSync(join(poor, list.path), list.content);
  expect(await reperform(poor)).toMatchObject({
    ...{ compared: 1, differences: [] },
    leftOut: [{ control: "SOD-01", unit_kind: "deployment", unit: "data:d2" }],
  });
  const [words] = recomputed(contentOf([...files.filter(({ path }) => path !== list.path), list]));
  expect(words).toMatch(/when the pack was made: 1 come out .*\n\n {4}SOD-01 deployment data:d2$/s);
  rewriteHashes(poor);
  const effects = recordedEffects(folder);
  expect(await main(["verify", poor], effects)).toBe(0);
  expect(effects.printed.err).toContain("note: SOD-01, deployment data:d2: not computed anew");
  expect(effects.printed.out).toMatch(/; 1 result, computed anew from its evidence, is the same, 1 could not be computed from it and are named above\n$/);
});

test.each([
  ["a period", () => period, 4],
  ["a train", () => train, 2],
  ["a dossier", () => dossier, 1],
] as const)("of %s `verify` names control and unit of a record that was changed with all hashes made anew", async (_, pack, results) => {
  const altered = mkdtempSync(join(folder, "altered-"));
  cpSync(pack().directory, altered, { recursive: true });
  rewrite(join(altered, "evidence/data/deployment_approval.jsonl"), (line) =>
    line.replace('"approver":"jane"', '"approver":"ann"'),
  );
  rehash(altered, "data", "deployment_approval");
  rewriteHashes(altered);
  const untouched = await verified(pack().directory);
  expect(untouched).toEqual([0, expect.stringMatching(new RegExp(`; ${results} results?, computed anew from its evidence, (is|are) the same\n$`))]);
  const [code, out] = await verified(altered);
  expect(code).toBe(1);
  expect(out.split("\n")).toContain(
    'controls/results.csv: SOD-01, deployment data:d2: status is "fail" in the pack, the evidence gives "pass"',
  );
  // Nothing else gives it away: files, manifest, sums and chain fit together.
  expect(out).not.toMatch(/^(evidence|manifest|SHA256SUMS|pack\.pdf)/m);
});

async function verified(pack: string): Promise<[number, string]> {
  const effects = recordedEffects(folder);
  const code = await main(["verify", pack], effects);
  return [code, effects.printed.out];
}

/** Manifest and sums as if the pack had been made like that. */
function rewriteHashes(directory: string): void {
  const place = join(directory, "manifest.json");
  const manifest = JSON.parse(readFileSync(place, "utf8")) as Manifest;
  const files = manifest.files.map(({ file }) => manifestEntry(file, readFileSync(join(directory, file))));
  writeFileSync(place, `${JSON.stringify({ ...manifest, files }, null, 2)}\n`);
  const paths = pathsIn(directory).filter((path) => !path.startsWith("SHA256SUMS"));
  const listed = paths.map((path) => ({ path, content: readFileSync(join(directory, path)) }));
  writeFileSync(join(directory, "SHA256SUMS"), sumLines(listed));
}

test("making them again gives the same bytes", async () => {
  const again = mkdtempSync(join(tmpdir(), "evidence-packs-"));
  try {
    const twin = await buildTrainPack(warehouse, "march", again);
    expect(twin.files).toEqual(train.files);
    for (const file of twin.files)
      expect([file, sha256(readFileSync(join(twin.directory, file)))]).toEqual([
        file,
        sha256(readFileSync(join(train.directory, file))),
      ]);
    expect(existsSync(join(twin.directory, "tables/deployments.parquet"))).toBe(true);
  } finally {
    rmSync(again, { recursive: true });
  }
});
