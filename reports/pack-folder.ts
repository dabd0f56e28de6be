import { basename } from "node:path";
import { signatureOver } from "../src/signing/signer.ts";
import { attest } from "./folder/attestation.ts";
import type { PackPlan } from "./folder/edition.ts";
import {
  ATTESTATION,
  byPath,
  GUIDE,
  MANIFEST,
  PSEUDONYMS,
  SIGNATURE,
  SUMS,
  utf8,
  type ManifestEntry,
  type PackFile,
} from "./folder/files.ts";
import { verifyGuide } from "./folder/guide.ts";
import { changesSince, entriesOf, makeManifest, type Manifest, type ManifestEdition } from "./folder/manifest.ts";
import { placeFolder } from "./folder/place.ts";
import { sumLines } from "./folder/sums.ts";
import { zipOf } from "./folder/zip.ts";

export { manifestEntry, sha256, type ManifestEntry, type PackFile, type PackSubject } from "./folder/files.ts";

/**
 * Writes a pack where `planPack` found its place, with its manifest, sums and, where it is issued, signatures. Everything is made
 * and signed before anything is moved there: no reader finds half a pack, and a signer that fails leaves an older draft as it was.
 * @returns the paths, sorted
 */
export async function writePack(
  plan: PackPlan,
  files: readonly PackFile[],
  attachments: readonly ManifestEntry[],
): Promise<string[]> {
  const { directory, issuing } = plan;
  const all = await wholePack(plan, files, attachments);
  const zip = issuing.isZipped === true ? zipOf(basename(directory), all) : undefined;
  placeFolder(directory, all, zip);
  return all.map(({ path }) => path).sort();
}

async function wholePack(
  plan: PackPlan,
  files: readonly PackFile[],
  attachments: readonly ManifestEntry[],
): Promise<PackFile[]> {
  const { subject, issuing } = plan;
  const { signer } = issuing;
  const edition = editionEntry(plan, files);
  const own = [GUIDE, MANIFEST, ...(signer === undefined ? [] : [ATTESTATION])];
  const paths = [...files.map(({ path }) => path), ...own];
  const guide = verifyGuide({
    paths,
    files,
    madeFrom: subject.madeFrom,
    attachments,
    edition,
    signing: signer,
    pseudonyms: subject.of[PSEUDONYMS],
  });
  const listed = [...files, { path: GUIDE, content: utf8(guide) }].sort(byPath);
  const manifest = makeManifest(subject, edition, signer, listed, attachments);
  const described = [...listed, { path: MANIFEST, content: utf8(`${JSON.stringify(manifest, null, 2)}\n`) }];
  if (signer === undefined) return [...described, sumsOf(described)];
  const attested = [
    ...described,
    { path: ATTESTATION, content: await attest(signer, subject, edition, described) },
  ];
  const sums = sumsOf(attested);
  return [...attested, sums, { path: SIGNATURE, content: utf8(await signatureOver(sums.content, signer)) }];
}

const sumsOf = (files: readonly PackFile[]): PackFile => ({ path: SUMS, content: utf8(sumLines(files)) });

function editionEntry({ edition: number, previous, subject, issuing }: PackPlan, files: readonly PackFile[]): ManifestEdition {
  if (previous === undefined) return { number };
  const { folder, sumsSha256, manifest } = previous;
  return {
    number,
    replaces: { folder, sha256sums: sumsSha256 },
    ...(issuing.reason === undefined ? {} : { reason: issuing.reason }),
    // VERIFY.md tells of its own edition and so differs always.
    changed: changesSince(withoutGuide(manifest), subject.madeFrom, entriesOf(files)),
  };
}

const withoutGuide = (manifest: Manifest): Manifest => ({
  ...manifest,
  files: manifest.files.filter(({ file }) => file !== GUIDE),
});
