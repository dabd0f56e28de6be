import { mkdtemp, rm } from "node:fs/promises";
import { existsSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../src/errors.ts";
import { SUMS } from "../folder/files.ts";
import type { Manifest } from "../folder/manifest.ts";
import type { AllowedKeys } from "./allowed-keys.ts";
import { checkAttachments } from "./check-attachments.ts";
import { checkAttestation } from "./check-attestation.ts";
import { checkFiles } from "./check-files.ts";
import { checkLog } from "./check-log.ts";
import { checkManifest, readManifestOf } from "./check-manifest.ts";
import { checkSignature, type SignatureChecked } from "./check-signature.ts";
import type { Finding } from "./finding.ts";
import { unzip } from "./unzip.ts";

export interface PackVerdict {
  /** What the pack says that it is of; undefined where that cannot be read. */
  readonly manifest?: Manifest;
  readonly files: number;
  readonly signature: SignatureChecked;
  /** Nothing here = every file is as it was listed and, in a signed pack, as it was signed. */
  readonly findings: readonly Finding[];
  /** Undefined where nothing was to be computed anew. */
  readonly reperformed?: Reperformed;
}

/** What comes of computing the results of a pack anew. */
export interface Reperformed {
  /** Results that were compared. */
  readonly compared: number;
  /** Results, by control and unit, for which the pack itself says that its records are not enough: nothing is known of these here. */
  readonly leftOut: readonly string[];
  readonly findings: readonly Finding[];
  /** What could not be computed, and what else a reader should know. */
  readonly notes: readonly string[];
}

/** Computes the results of a pack anew and names what differs. */
export type Reperform = (folder: string) => Promise<Reperformed>;

/**
 * Checks a pack, which is a folder or a zip of one, without trusting anything in it.
 * @throws {UsageError} when there is nothing of that name
 */
export async function verifyPack(
  path: string,
  allowed: AllowedKeys,
  reperform?: Reperform,
): Promise<PackVerdict> {
  if (!existsSync(path))
    throw new UsageError(`there is no ${path}: expected the folder of a pack, or its zip`);
  return statSync(path).isDirectory()
    ? verifyFolder(path, allowed, reperform)
    : verifyZip(path, allowed, reperform);
}

async function verifyZip(
  path: string,
  allowed: AllowedKeys,
  reperform: Reperform | undefined,
): Promise<PackVerdict> {
  const scratch = await mkdtemp(join(tmpdir(), "quarterdeck-pack-"));
  try {
    const findings = await unzip(path, scratch);
    if (findings.length > 0) return { files: 0, signature: { isSigned: false, findings: [] }, findings };
    return await verifyFolder(innerFolder(scratch), allowed, reperform);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** A zip holds the pack's files, or its folder. */
function innerFolder(folder: string): string {
  const names = readdirSync(folder);
  const [only = ""] = names;
  const isFolder = names.length === 1 && statSync(join(folder, only)).isDirectory();
  return isFolder && !names.includes(SUMS) ? join(folder, only) : folder;
}

async function verifyFolder(
  folder: string,
  allowed: AllowedKeys,
  reperform: Reperform | undefined,
): Promise<PackVerdict> {
  const files = await checkFiles(folder);
  const { manifest, findings: illegible } = readManifestOf(folder, files);
  const signature = checkSignature(folder, files, manifest, allowed);
  const findings = [
    ...signature.findings,
    ...files.findings,
    ...illegible,
    ...(manifest === undefined ? [] : checkManifest(manifest, files)),
    ...checkAttestation(folder, files, signature),
    ...checkLog(folder, files),
    ...(manifest === undefined ? [] : await checkAttachments(folder, manifest, files)),
  ];
  // Of files that were altered, too: it tells what the alteration was for.
  const reperformed = COMPUTED.every((path) => files.hashes.has(path))
    ? await reperform?.(folder)
    : undefined;
  return {
    ...(manifest === undefined ? {} : { manifest }),
    files: files.hashes.size,
    signature,
    findings: [...findings, ...(reperformed?.findings ?? [])],
    ...(reperformed === undefined ? {} : { reperformed }),
  };
}

/** What a pack has whose results can be computed anew. */
const COMPUTED = ["controls/results.csv", "evidence/index.json"];
