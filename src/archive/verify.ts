import { existsSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { MANIFEST } from "../../reports/folder/files.ts";
import type { AllowedKeys } from "../../reports/verify/allowed-keys.ts";
import { checkFiles } from "../../reports/verify/check-files.ts";
import { checkSignature, type SignatureChecked } from "../../reports/verify/check-signature.ts";
import { finding, reasonOf, type Finding } from "../../reports/verify/finding.ts";
import { UsageError } from "../errors.ts";
import { openWarehouse, type Warehouse } from "../warehouse/open.ts";
import { verifyChain } from "../warehouse/verify.ts";
import { readArchiveManifest, type ArchiveManifest } from "./manifest.ts";
import { reading, statement } from "./statements.ts";
import { columnsOf, fileOf, OTHERS, PAYLOADS, RECORD } from "./tables.ts";
import { ownFolder } from "../killed.ts";

export interface ArchiveVerdict {
  /** Undefined where it cannot be read. */
  readonly manifest?: ArchiveManifest;
  readonly signature: SignatureChecked;
  /** Nothing here = every file is as it was listed, every record says what was collected, and the chain holds. */
  readonly findings: readonly Finding[];
}

/**
 * Checks an archive from its own files: sums, signature, the hash of everything that records say, and the chain over all batches.
 * @throws {UsageError} when there is no folder of that name
 */
export async function verifyArchive(
  folder: string,
  allowed: AllowedKeys,
  memoryLimit?: string,
): Promise<ArchiveVerdict> {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new UsageError(`there is no folder ${folder}: expected that of an archive`);
  const files = await checkFiles(folder);
  const manifest = readArchiveManifest(folder);
  const signature = checkSignature(folder, files, manifest, allowed);
  const told = [
    ...signature.findings,
    ...files.findings,
    ...(manifest ? [] : [finding(MANIFEST, "is not the manifest of an archive")]),
  ];
  const missing = [RECORD, ...OTHERS]
    .map(fileOf)
    .concat(PAYLOADS)
    .filter((file) => !files.hashes.has(file));
  const absent = missing
    .map((file) => finding(file, "is missing"))
    .filter(({ file }) => !told.some((one) => one.file === file));
  const findings = [...told, ...absent];
  // Of files that are not those that were written, what they say is no news.
  const within =
    findings.length > 0 || manifest === undefined ? [] : await contentFindings(folder, manifest, memoryLimit);
  return { ...(manifest ? { manifest } : {}), signature, findings: [...findings, ...within] };
}

async function contentFindings(
  folder: string,
  manifest: ArchiveManifest,
  memoryLimit: string | undefined,
): Promise<Finding[]> {
  const scratch = ownFolder(tmpdir(), "quarterdeck-archive");
  try {
    const warehouse = await openWarehouse(join(scratch, "archive.duckdb"), {
      mode: "write",
      memoryLimit,
      writesTo: resolve(folder),
    });
    try {
      await show(warehouse, resolve(folder));
      return await compared(warehouse, manifest);
    } finally {
      warehouse.close();
    }
  } catch (error) {
    return [finding(".", `cannot be read as an archive: ${reasonOf(error)}`)];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Puts the files in the place of the tables that they were: nothing is copied, however large they are. */
async function show(warehouse: Warehouse, folder: string): Promise<void> {
  await warehouse.run(
    `create view archived_said as select source, stream, key, version, sha256, payload from ${reading(folder, PAYLOADS)}`,
  );
  await warehouse.run(
    `create view archived_record as select ${columnsOf(RECORD)} from ${reading(folder, fileOf(RECORD))}`,
  );
  for (const table of [RECORD, ...OTHERS]) await warehouse.run(`drop table raw."${table.name}"`);
  await warehouse.run(statement("shown_record"));
  for (const table of OTHERS.filter(({ name }) => name !== "disposed")) {
    await warehouse.run(
      `create view raw."${table.name}" as select ${columnsOf(table)} from ${reading(folder, fileOf(table))}`,
    );
  }
  await warehouse.run(
    `create view archived_disposed as select event_id, source, stream, key, version, sha256, is_archived from ${reading(folder, "disposed.parquet")}`,
  );
  await warehouse.run(statement("shown_disposed"));
}

async function compared(warehouse: Warehouse, manifest: ArchiveManifest): Promise<Finding[]> {
  const { problems, head, batches, records } = await verifyChain(warehouse);
  const strays = await warehouse.rows<{ problem: string }>(statement("stray_payload"));
  const [held] = await warehouse.rows<{ records: number; digest: string }>(
    "select count(*) as records, sha256(coalesce(string_agg(sha256, '' order by sha256, source, stream, key, version), '')) as digest from archived_said",
  );
  const chain = manifest.chain;
  const isChain =
    batches === chain.batches && records === chain.records && (batches === 0 || head === chain.head);
  const isHeld = held?.records === manifest.held.records && held.digest === manifest.held.records_sha256;
  return [
    ...problems.map(({ problem }) => finding("record.parquet", problem)),
    ...strays.map(({ problem }) => finding(PAYLOADS, problem)),
    ...(isChain ? [] : [finding("batch.parquet", `is not the chain that ${MANIFEST} describes`)]),
    ...(isHeld ? [] : [finding(PAYLOADS, `does not hold what ${MANIFEST} describes`)]),
  ];
}
