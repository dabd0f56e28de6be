import { z } from "zod";
import { byPath, manifestEntry, type ManifestEntry, type PackFile, type PackSubject } from "./files.ts";
import type { Signing } from "../../src/signing/signer.ts";

const digest = z.string().regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits");
const entry = z.object({ file: z.string(), sha256: digest, bytes: z.int().min(0) });
const fact = z.union([z.string(), z.number(), z.null()]);

const change = z.object({ what: z.string(), before: fact, now: fact });

const edition = z.object({
  number: z.int().min(1),
  /** The edition that this one takes the place of, by folder and by the hash of its SHA256SUMS. */
  replaces: z.object({ folder: z.string(), sha256sums: digest }).optional(),
  reason: z.string().optional(),
  changed: z
    .object({
      made_from: z.array(change),
      files: z.object({
        added: z.array(z.string()),
        removed: z.array(z.string()),
        altered: z.array(z.string()),
      }),
    })
    .optional(),
});

/** manifest.json: what a pack is of, from what it was made, and what it holds. */
export const manifestSchema = z.object({
  pack: z.string(),
  of: z.record(z.string(), z.string()),
  period: z.object({ from: z.string().nullable(), until: z.string().nullable() }).optional(),
  counts: z.record(z.string(), z.number()).optional(),
  edition: edition.default({ number: 1 }),
  signing: z
    .object({ fingerprint: z.string(), identity: z.string(), namespace: z.string() })
    .nullable()
    .default(null),
  made_from: z.record(z.string(), fact),
  files: z.array(entry),
  attached_in_pdf: z.array(entry),
});

export type Manifest = z.output<typeof manifestSchema>;
export type ManifestEdition = Manifest["edition"];
export type EditionChanges = NonNullable<ManifestEdition["changed"]>;

export function makeManifest(
  subject: PackSubject,
  edition: ManifestEdition,
  signing: Signing | undefined,
  files: readonly PackFile[],
  attachments: readonly ManifestEntry[],
): Manifest {
  return {
    pack: subject.kind,
    of: subject.of,
    ...(subject.period === undefined ? {} : { period: subject.period }),
    ...(subject.counts === undefined ? {} : { counts: subject.counts }),
    edition,
    signing:
      signing === undefined
        ? null
        : { fingerprint: signing.fingerprint, identity: signing.identity, namespace: signing.namespace },
    made_from: subject.madeFrom,
    files: entriesOf(files),
    attached_in_pdf: [...attachments],
  };
}

export const entriesOf = (files: readonly PackFile[]): ManifestEntry[] =>
  files
    .filter(({ isOutsideManifest }) => isOutsideManifest !== true)
    .toSorted(byPath)
    .map(({ path, content }) => manifestEntry(path, content));

/** What was said to be the input then and now, where it differs, and the files that did not stay as they were. */
export function changesSince(
  before: Manifest,
  madeFrom: PackSubject["madeFrom"],
  files: readonly ManifestEntry[],
): EditionChanges {
  const whats = [...new Set([...Object.keys(before.made_from), ...Object.keys(madeFrom)])].sort();
  const then = new Map(before.files.map(({ file, sha256 }) => [file, sha256]));
  const now = new Map(files.map(({ file, sha256 }) => [file, sha256]));
  return {
    made_from: whats
      .map((what) => ({ what, before: before.made_from[what] ?? null, now: madeFrom[what] ?? null }))
      .filter((one) => one.before !== one.now),
    files: {
      added: [...now.keys()].filter((file) => !then.has(file)),
      removed: [...then.keys()].filter((file) => !now.has(file)),
      altered: [...now]
        .filter(([file, hash]) => then.has(file) && then.get(file) !== hash)
        .map(([file]) => file),
    },
  };
}
