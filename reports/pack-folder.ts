import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DataError } from "../src/errors.ts";

export interface PackFile {
  /** Relative, with `/`. */
  readonly path: string;
  readonly content: Uint8Array;
  /** Tells how the pack came about, not what it says: in SHA256SUMS and not in the manifest. */
  readonly isOutsideManifest?: boolean;
}

export interface PackSubject {
  /** What the pack is of: `release`, `period`, `retrospective`. */
  readonly kind: string;
  /** Exactly what it is about, as the data has it; two subjects never share a folder. */
  readonly of: Readonly<Record<string, string>>;
  /** As-of instant, digests, versions: whatever says from what the pack was made. */
  readonly madeFrom: Readonly<Record<string, string | number | null>>;
}

export interface ManifestEntry {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
}

export function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

export function manifestEntry(file: string, content: Uint8Array): ManifestEntry {
  return { file, sha256: sha256(content), bytes: content.byteLength };
}

/**
 * Writes a pack as a folder with its manifest and sums. It is made beside its place and then moved there,
 * so that no reader finds half a pack and nothing of an older one stays behind.
 * @throws {DataError} when the folder holds anything but an older pack of the same subject
 */
export function writePackFolder(
  directory: string,
  subject: PackSubject,
  files: readonly PackFile[],
  attachments: readonly ManifestEntry[],
): string[] {
  mayReplace(directory, subject);
  const all = withSums(subject, files, attachments);
  mkdirSync(dirname(directory), { recursive: true });
  const place = mkdtempSync(join(dirname(directory), `.${basename(directory)}-`));
  // The place is closed to others; a pack lies beside the pages and is as readable as they are.
  const draft = join(place, "pack");
  try {
    mkdirSync(draft);
    for (const { path, content } of all) {
      mkdirSync(dirname(join(draft, path)), { recursive: true });
      writeFileSync(join(draft, path), content);
    }
    rmSync(directory, { recursive: true, force: true });
    renameSync(draft, directory);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
  return all.map(({ path }) => path).sort();
}

function mayReplace(directory: string, subject: PackSubject): void {
  if (!existsSync(directory)) return;
  const manifest = join(directory, "manifest.json");
  const there = existsSync(manifest) ? subjectOf(readFileSync(manifest, "utf8")) : undefined;
  if (there === JSON.stringify([subject.kind, subject.of])) return;
  throw new DataError(
    `${directory} holds something else than an older pack of the same ${subject.kind}: move it or choose another folder`,
  );
}

function subjectOf(manifest: string): string | undefined {
  try {
    const { pack, of } = JSON.parse(manifest) as { pack?: unknown; of?: unknown };
    return JSON.stringify([pack, of]);
  } catch {
    return undefined;
  }
}

function withSums(
  subject: PackSubject,
  files: readonly PackFile[],
  attachments: readonly ManifestEntry[],
): PackFile[] {
  const encoder = new TextEncoder();
  const verify: PackFile = {
    path: "VERIFY.md",
    content: encoder.encode(
      verifyGuide([...files.map(({ path }) => path), "VERIFY.md", "manifest.json"], attachments),
    ),
  };
  const listed = [...files, verify].sort((a, b) => (a.path < b.path ? -1 : 1));
  const manifest = {
    pack: subject.kind,
    of: subject.of,
    made_from: subject.madeFrom,
    files: listed
      .filter(({ isOutsideManifest }) => isOutsideManifest !== true)
      .map(({ path, content }) => manifestEntry(path, content)),
    attached_in_pdf: attachments,
  };
  const withManifest = [
    ...listed,
    { path: "manifest.json", content: encoder.encode(`${JSON.stringify(manifest, null, 2)}\n`) },
  ];
  const sums = withManifest
    .map(({ path, content }) => `${sha256(content)}  ${path}\n`)
    .sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1));
  return [...withManifest, { path: "SHA256SUMS", content: encoder.encode(sums.join("")) }];
}

function verifyGuide(paths: readonly string[], attachments: readonly ManifestEntry[]): string {
  const sums = attachments.map(({ file, sha256: hash }) => `${hash}  ${file}`);
  return `# How to check this pack

Nothing of Quarterdeck is needed: \`sha256sum\` is part of every Linux (macOS: \`shasum -a 256\`), \`pdfdetach\` of poppler.

## 1. No file was altered

    sha256sum -c SHA256SUMS

Expected, and nothing else:

${[...paths]
  .sort()
  .map((path) => `    ${path}: OK`)
  .join("\n")}

## 2. The PDF carries the same evidence

    mkdir attached
    pdfdetach -saveall -o attached pack.pdf
    (cd attached && sha256sum *)

Expected: these lines, which the last section of the PDF prints too.

${sums.map((line) => `    ${line}`).join("\n")}

## What this shows, and what not

It shows that the files are those that were made. It does not show who made them: this pack is a draft and carries no
signature. Nor does it show that the sources told the truth or that everything was collected: the section "Completeness
and provenance" says what is known about that.
`;
}
