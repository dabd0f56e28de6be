import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Manifest } from "../../../reports/folder/manifest.ts";
import { writeReleasePack, type BuiltPack } from "../../../reports/release/build.ts";
import { ofProcess } from "../../../src/killed.ts";
import type { Signer } from "../../../src/signing/signer.ts";
import { releaseData } from "../fixture.ts";
import { readPdf } from "../read-pdf.ts";
import { signerOf } from "../signed.ts";

const folder = mkdtempSync(join(tmpdir(), "issuing-"));
afterAll(() => rmSync(folder, { recursive: true }));

const signer = signerOf();
const later = {
  ...releaseData,
  provenance: { ...releaseData.provenance, as_of: "2026-02-28T12:00:00Z", records_sha256: "e".repeat(64) },
  approvals: releaseData.approvals.slice(0, 1),
};
const manifestOf = ({ directory }: BuiltPack) =>
  JSON.parse(readFileSync(join(directory, "manifest.json"), "utf8")) as Manifest;
const bytesOf = (directory: string) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path, readFileSync(path, "base64")]);

describe("a signed pack", () => {
  let pack: BuiltPack;
  beforeAll(async () => {
    pack = await writeReleasePack(releaseData, join(folder, "signed"), { signer, isZipped: true });
  });

  test("has its signatures beside the sums, and its key in the manifest", () => {
    expect(pack.files).toEqual(expect.arrayContaining(["SHA256SUMS.sig", "attestation.dsse.json"]));
    const { fingerprint, identity, namespace } = signer;
    expect(manifestOf(pack).signing).toEqual({ fingerprint, identity, namespace });
    expect(manifestOf(pack).edition).toEqual({ number: 1 });
  });

  test("names the key and how to verify it on its cover, and is no draft on any page", async () => {
    const { pages, text } = await readPdf(readFileSync(join(pack.directory, "pack.pdf")));
    const cover = pages[0]!.replace(/\s+/g, "");
    expect(cover).toContain(signer.fingerprint);
    expect(cover).toContain(
      "ssh-keygen-Yverify-f../allowed_signers-Iaudit@example.com-nrelease-evidence-sSHA256SUMS.sig<SHA256SUMS",
    );
    expect(text).not.toContain("DRAFT");
    expect(text).not.toContain("draft");
  });

  test("is the same bytes when it is signed again, in the folder and in the zip", async () => {
    const again = await writeReleasePack(releaseData, join(folder, "again"), { signer, isZipped: true });
    expect(bytesOf(again.directory).map(([, bytes]) => bytes)).toEqual(
      bytesOf(pack.directory).map(([, bytes]) => bytes),
    );
    expect(readFileSync(`${again.directory}.zip`).equals(readFileSync(`${pack.directory}.zip`))).toBe(true);
  });

  test("stays as it is while its inputs do", async () => {
    const before = bytesOf(pack.directory);
    const kept = await writeReleasePack(releaseData, join(folder, "signed"), { signer, reason: "for fun" });
    expect([kept.isKept, kept.directory]).toEqual([true, pack.directory]);
    expect(bytesOf(pack.directory)).toEqual(before);
  });

  test("gets another edition only for a reason, and then one that says what has changed", async () => {
    const before = bytesOf(pack.directory);
    const out = join(folder, "signed");
    await expect(writeReleasePack(later, out, { signer })).rejects.toThrow(
      /was issued as of 2026-01-31T12:00:00Z and stays as it is.*--reason/,
    );
    const second = await writeReleasePack(later, out, { signer, reason: "An approval was withdrawn" });
    expect(second.directory).toBe(`${pack.directory}-e2`);
    expect(bytesOf(pack.directory)).toEqual(before);
    const { edition } = manifestOf(second);
    expect(edition).toMatchObject({
      number: 2,
      reason: "An approval was withdrawn",
      replaces: { folder: "payments-2.4.0" },
    });
    expect(edition.changed?.made_from.map(({ what }) => what)).toEqual(["as_of", "records_sha256"]);
    expect(edition.changed?.files).toEqual({
      added: [],
      removed: [],
      altered: ["pack.pdf", "tables/approvals.csv", "tables/approvals.parquet"],
    });
    const { pages } = await readPdf(readFileSync(join(second.directory, "pack.pdf")));
    expect(pages[0]!.replace(/\s+/g, " ")).toContain("An approval was withdrawn");
    expect(readFileSync(join(second.directory, "VERIFY.md"), "utf8")).toContain(
      "- altered: tables/approvals.csv",
    );
  });

  test("is left alone by a build, which writes no draft beside it either", async () => {
    const built = await writeReleasePack({ ...later, approvals: [] }, join(folder, "signed"), {
      isKeeping: true,
    });
    expect([built.isKept, built.directory]).toEqual([true, `${pack.directory}-e2`]);
  });

  test("may have a draft of its next edition, which needs no reason and may be replaced", async () => {
    const out = join(folder, "signed");
    const third = { ...later, provenance: { ...later.provenance, as_of: "2026-03-31T12:00:00Z" } };
    const draft = await writeReleasePack(third, out);
    expect(draft.directory).toBe(`${pack.directory}-e3`);
    expect(readFileSync(join(draft.directory, "VERIFY.md"), "utf8")).toContain(
      "no reason is given, this edition is a draft",
    );
    const issued = await writeReleasePack(third, out, { signer, reason: "Quarter end" });
    expect(issued.directory).toBe(draft.directory);
    expect(issued.files).toContain("SHA256SUMS.sig");
  });
});

test("a signer that fails leaves the older draft as it was, and nothing beside it", async () => {
  const out = join(folder, "failing");
  const { directory } = await writeReleasePack(releaseData, out);
  const before = bytesOf(directory);
  let asked = 0;
  const failing: Signer = {
    ...signer,
    sign: (data) => (asked++ === 0 ? signer.sign(data) : Promise.reject(new Error("no touch"))),
  };
  await expect(writeReleasePack(later, out, { signer: failing, isZipped: true })).rejects.toThrow("no touch");
  expect(bytesOf(directory)).toEqual(before);
  expect(readdirSync(out)).toEqual(["payments-2.4.0"]);
});

test("what a killed process left beside a pack goes with the next one, and what a running one writes stays", async () => {
  const out = join(folder, "killed");
  const [dead = "", alive = ""] = [999_999_999, process.pid].map((id) => `${ofProcess(".payments-2.4.0", id)}abcdef`);
  for (const name of [dead, alive]) mkdirSync(join(out, name, "pack"), { recursive: true });
  await writeReleasePack(releaseData, out);
  expect(readdirSync(out).sort()).toEqual([alive, "payments-2.4.0"]);
});

describe("a draft", () => {
  test("is made anew by a build when its inputs changed or it was touched, and else left", async () => {
    const out = join(folder, "drafts");
    const build = (data: typeof releaseData) => writeReleasePack(data, out, { isKeeping: true });
    const { directory } = await build(releaseData);
    expect((await build(releaseData)).isKept).toBe(true);
    writeFileSync(join(directory, "tables/release.csv"), "touched");
    expect((await build(releaseData)).isKept).toBe(false);
    expect((await build(later)).isKept).toBe(false);
    expect(manifestOf({ directory } as BuiltPack).made_from["as_of"]).toBe("2026-02-28T12:00:00Z");
  });

  test("says that it proves nothing against a rewrite", async () => {
    const { directory } = await writeReleasePack(releaseData, join(folder, "words"));
    const guide = readFileSync(join(directory, "VERIFY.md"), "utf8").replace(/\s+/g, " ");
    expect(guide).toContain("It proves nothing against a rewrite");
    expect(guide).toContain("whose public half comes from outside of the pack");
  });

  test("has no zip of an older one beside it", async () => {
    const out = join(folder, "zipped");
    await writeReleasePack(releaseData, out, { isZipped: true });
    expect(existsSync(join(out, "payments-2.4.0.zip"))).toBe(true);
    await writeReleasePack(later, out);
    expect(readdirSync(out)).toEqual(["payments-2.4.0"]);
  });
});

test("a release whose version ends like an edition has a folder of its own", async () => {
  const named = { ...releaseData, summary: { ...releaseData.summary, version: "2.4.0-e2" } };
  const { directory } = await writeReleasePack(named, join(folder, "named"));
  expect(directory).toMatch(/payments-2\.4\.0-e2-[0-9a-f]{8}$/);
});
