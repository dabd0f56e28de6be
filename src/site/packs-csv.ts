import { stringify } from "csv-stringify/sync";
import { toCsv } from "../../reports/csv.ts";
import type { ListedPack } from "./pack-rows.ts";

const COLUMNS = [
  "folder",
  "kind",
  "of",
  "period_from",
  "period_until",
  "as_of",
  "edition",
  "is_latest",
  "reason",
  "counts",
  "files",
  "bytes",
] as const;
const OF_FILES = ["hashed_file", "sha256", "signed_by", "key", "is_signature_good"] as const;

/** The list of packs as a table for download, which is there without packs, too. */
export function packsCsv(packs: readonly ListedPack[]): string {
  return packs.length === 0 ? stringify([[...COLUMNS, ...OF_FILES]]) : toCsv(packs.map(rowOf));
}

const rowOf = (pack: ListedPack): Record<(typeof COLUMNS)[number] | (typeof OF_FILES)[number], unknown> => ({
  folder: pack.folder,
  kind: pack.kind,
  of: pack.of,
  period_from: pack.from,
  period_until: pack.until,
  as_of: pack.asOf,
  edition: pack.edition,
  is_latest: pack.isLatest,
  reason: pack.reason,
  counts: pack.counts,
  files: pack.files,
  bytes: pack.bytes,
  hashed_file: pack.hashed,
  sha256: pack.sha256,
  signed_by: pack.signature?.identity ?? null,
  key: pack.signature?.fingerprint ?? null,
  is_signature_good: pack.signature?.isGood ?? null,
});
