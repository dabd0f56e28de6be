import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listPacks } from "../../../reports/folder/library.ts";
import { sha256 } from "../../../reports/folder/files.ts";
import { Clock } from "../../../src/site/format.ts";
import type { ListedPack } from "../../../src/site/pack-rows.ts";
import { groupsOf, packsSentence, periodText, sizeText, subjectText } from "../../../src/site/words/packs.ts";
import { writeReleasePack } from "../../../reports/release/build.ts";
import { packsCsv } from "../../../src/site/packs-csv.ts";
import { PACKS } from "../../site/fixture/packs.ts";
import { releaseData } from "../fixture.ts";
import { signerOf } from "../signed.ts";

const folder = mkdtempSync(join(tmpdir(), "library-"));
afterAll(() => rmSync(folder, { recursive: true }));

const signer = signerOf();
const later = { ...releaseData, provenance: { ...releaseData.provenance, as_of: "2026-02-28T12:00:00Z" } };
const clock = new Clock("Europe/Berlin");

describe("the packs in a folder", () => {
  let packs: ListedPack[];

  beforeAll(async () => {
    await writeReleasePack(releaseData, folder, { signer, isZipped: true });
    await writeReleasePack(later, folder, { signer, reason: "Month end" });
    await writeReleasePack({ ...later, summary: { ...later.summary, version: "2.5.0" } }, folder);
    mkdirSync(join(folder, "photographs"));
    mkdirSync(join(folder, "broken"));
    writeFileSync(join(folder, "broken", "manifest.json"), "{");
    packs = listPacks(folder);
  });

  test("are listed with edition, signature and hash; what is no pack is passed over", () => {
    expect(
      packs.map(({ folder: name, edition, isLatest, hasZip }) => [name, edition, isLatest, hasZip]),
    ).toEqual([
      ["payments-2.4.0", 1, false, true],
      ["payments-2.4.0-e2", 2, true, false],
      ["payments-2.5.0", 1, true, false],
    ]);
    const { fingerprint, identity } = signer;
    expect(packs[1]).toMatchObject({
      reason: "Month end",
      signature: { fingerprint, identity, isGood: true },
      hashed: "SHA256SUMS",
    });
    expect(packs[1]?.sha256).toBe(sha256(readFileSync(join(folder, "payments-2.4.0-e2/SHA256SUMS"))));
    expect(packs[2]).toMatchObject({
      signature: null,
      hashed: "manifest.json",
      counts: { changes: 7, deployments: 4, incidents: 1 },
    });
  });

  test("one whose sums were altered since it was issued is said to be so", () => {
    const path = join(folder, "payments-2.4.0", "SHA256SUMS");
    const before = readFileSync(path);
    writeFileSync(path, `${before.toString()} `);
    expect(listPacks(folder)[0]?.signature).toMatchObject({ isGood: false });
    writeFileSync(path, before);
  });

  test("read as a reader would say them, by kind and year", () => {
    expect(packsSentence(packs)).toBe("3 packs lie here: 2 issued and signed, 1 draft.");
    expect(packs.map(subjectText)).toEqual(["payments 2.4.0", "payments 2.4.0", "payments 2.5.0"]);
    expect(groupsOf(packs, clock).map(({ kind, years }) => [kind, years.map(({ year }) => year)])).toEqual([
      ["release", ["2026"]],
    ]);
    const period = {
      ...packs[0]!,
      kind: "period",
      of: { period: "2026-Q1", services: "api,web" },
      from: "2026-01-01",
      until: "2026-04-01",
    };
    expect([subjectText(period), periodText(period, clock)]).toEqual([
      "2026-Q1, services api, web",
      "2026-01-01 to 2026-03-31",
    ]);
    expect([999, 35_400, 8_900_000, 12_345_678].map(sizeText)).toEqual([
      "999\u202fB",
      "35\u202fkB",
      "8.9\u202fMB",
      "12\u202fMB",
    ]);
  });
});

test("are a table for download, in which nothing runs", () => {
  const [pack] = PACKS.slice(-1);
  const csv = packsCsv([{ ...pack!, reason: "=HYPERLINK(1)" }]);
  expect(csv.split("\n")[0]).toBe(packsCsv([]).trimEnd());
  expect(csv).toContain("'=HYPERLINK(1)");
});

test("a folder that is not there holds none", () => {
  expect(listPacks(join(folder, "nowhere"))).toEqual([]);
  expect(packsSentence([])).toBe("No pack was written here yet.");
});
