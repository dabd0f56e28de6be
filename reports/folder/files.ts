import { createHash } from "node:crypto";

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
  /** Instants or days between which lies what it is about, the second not included; null where that is not known. */
  readonly period?: { readonly from: string | null; readonly until: string | null };
  /** How much of what it lists, in words of a reader: `changes`, `deployments`. */
  readonly counts?: Readonly<Record<string, number>>;
}

export interface ManifestEntry {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** The part of a subject that says with which key or map people were given pseudonyms; left out = they have their names. */
export const PSEUDONYMS = "pseudonyms";
export const MANIFEST = "manifest.json";
export const SUMS = "SHA256SUMS";
export const SIGNATURE = "SHA256SUMS.sig";
export const GUIDE = "VERIFY.md";
export const ATTESTATION = "attestation.dsse.json";
export const EVIDENCE_LOG = "evidence-log.jsonl";
/** How many lines the log has, and the hash of the chain at its end. */
export const EVIDENCE_LOG_HEAD = "evidence-log.head";

export function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

export function manifestEntry(file: string, content: Uint8Array): ManifestEntry {
  return { file, sha256: sha256(content), bytes: content.byteLength };
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const byPath = (a: { readonly path: string }, b: { readonly path: string }): number =>
  a.path < b.path ? -1 : 1;
