import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { MANIFEST } from "../../reports/folder/files.ts";

const digest = z.string().regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits");
const count = z.int().min(0);

/** manifest.json of an archive: which period it is of, what it holds, and where the chain stood when it was written. */
export const manifestSchema = z.object({
  archive: z.literal(1),
  organisation: z.string(),
  period: z.object({ label: z.string(), from: z.string(), until: z.string(), time_zone: z.string() }),
  /** 1, or 2 and so on for what came too late for the ones before. */
  edition: z.int().min(1),
  written_at: z.string(),
  as_of: z.string(),
  product_version: z.string(),
  configuration_sha256: digest,
  /** All batches up to the last one that there was, and the hash over all of them. */
  chain: z.object({ batches: count, records: count, head: z.string() }),
  /** What is held of the period with what it says; `timeless` belongs to no period. */
  held: z.object({
    records: count,
    timeless: count,
    oldest_at: z.string().nullable(),
    newest_at: z.string().nullable(),
    records_sha256: digest,
    streams: z.array(z.object({ source: z.string(), stream: z.string(), records: count })),
  }),
  signing: z.object({ fingerprint: z.string(), identity: z.string(), namespace: z.string() }).nullable(),
  files: z.array(z.object({ file: z.string(), sha256: digest, bytes: count, rows: count.nullable() })),
});

export type ArchiveManifest = z.output<typeof manifestSchema>;

const LARGEST = 64 << 20;

/** Undefined where the folder holds no archive. */
export function readArchiveManifest(folder: string): ArchiveManifest | undefined {
  try {
    const path = join(folder, MANIFEST);
    if (statSync(path).size > LARGEST) return undefined;
    return manifestSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}
