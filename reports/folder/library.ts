import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprintOf } from "../../src/signing/public-key.ts";
import { decodeSignature, isSignatureOf } from "../../src/signing/sshsig.ts";
import type { ListedPack, PackSignature } from "../../src/site/pack-rows.ts";
import { readManifest } from "./edition.ts";
import { MANIFEST, sha256, SIGNATURE, SUMS } from "./files.ts";
import type { Manifest } from "./manifest.ts";

type Entry = Omit<ListedPack, "isLatest">;

/** The packs in a folder, by name. What is no pack is passed over. */
export function listPacks(folder: string): ListedPack[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort()
    .flatMap((name) => {
      const manifest = readManifest(join(folder, name));
      return manifest === undefined ? [] : [entryOf(folder, name, manifest)];
    });
  const latest = new Map<string, number>();
  for (const { kind, of, edition } of entries) {
    latest.set(subjectOf(kind, of), Math.max(edition, latest.get(subjectOf(kind, of)) ?? 0));
  }
  return entries.map((entry) => ({
    ...entry,
    isLatest: latest.get(subjectOf(entry.kind, entry.of)) === entry.edition,
  }));
}

const subjectOf = (kind: string, of: ListedPack["of"]): string =>
  JSON.stringify([kind, Object.entries(of).sort()]);

function entryOf(folder: string, name: string, manifest: Manifest): Entry {
  const directory = join(folder, name);
  const signature = signatureOf(directory, manifest);
  // The sums tell how a pack came about, too: another collection of the same records makes another hash of a draft.
  const hashed = signature === null ? MANIFEST : SUMS;
  const { of, edition, counts = {}, period, made_from: madeFrom, files } = manifest;
  const asOf = madeFrom["as_of"];
  return {
    folder: name,
    kind: manifest.pack,
    of,
    from: period?.from ?? null,
    until: period?.until ?? null,
    counts,
    edition: edition.number,
    reason: edition.reason ?? null,
    asOf: typeof asOf === "string" ? asOf : null,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    sha256: sha256(readFileSync(join(directory, hashed))),
    hashed,
    signature,
    hasZip: existsSync(`${directory}.zip`),
  };
}

/** Whose signature lies in a folder, and whether it is one of its sums. */
export function signatureOf(directory: string, { signing }: Pick<Manifest, "signing">): PackSignature | null {
  if (signing === null || !existsSync(join(directory, SIGNATURE))) return null;
  const { fingerprint, identity } = signing;
  try {
    const signature = decodeSignature(readFileSync(join(directory, SIGNATURE)));
    const isGood =
      fingerprintOf(signature.key) === fingerprint &&
      isSignatureOf(signature, readFileSync(join(directory, SUMS)));
    return { fingerprint, identity, isGood };
  } catch {
    return { fingerprint, identity, isGood: false };
  }
}
