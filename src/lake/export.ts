import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { globSync } from "tinyglobby";
import { fileSha256 } from "../../reports/folder/sums.ts";
import { placed } from "../archive/write.ts";
import { DataError } from "../errors.ts";
import { productVersion } from "../product-version.ts";
import { literal } from "../warehouse/literal.ts";
import { formOf } from "../warehouse/migrate.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { verifyChain } from "../warehouse/verify.ts";
import { MANIFEST, type ExportManifest } from "./manifest.ts";
import { lakeTables, rowsOf, type LakeTable } from "./tables.ts";

/**
 * Writes what was collected, and what is made of it, as Parquet that other engines read. The warehouse may write beside `folder`.
 * @throws {DataError} where the folder holds something, or what was collected does not verify
 */
export async function exportTo(warehouse: Warehouse, folder: string, asOf: string): Promise<ExportManifest> {
  if (existsSync(folder) && !(statSync(folder).isDirectory() && readdirSync(folder).length === 0))
    throw new DataError(`${folder} holds something, or is a file: name a folder that is empty or not there`);
  const { records, batches, head, problems } = await verifyChain(warehouse);
  if (problems[0] !== undefined)
    throw new DataError(`what was collected does not verify: ${problems[0].problem}; nothing was written`);
  const tables: ExportManifest["tables"][number][] = [];
  const manifest = {
    export: 1 as const,
    product_version: productVersion,
    form: await formOf(warehouse),
    as_of: asOf,
    chain: { batches, records, head },
    tables,
  };
  await placed(folder, async (draft) => {
    for (const table of await lakeTables(warehouse)) tables.push(await write(warehouse, table, draft));
    writeFileSync(join(draft, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  });
  return manifest;
}

async function write(
  warehouse: Warehouse,
  table: LakeTable,
  draft: string,
): Promise<ExportManifest["tables"][number]> {
  const [layer = "", name = ""] = table.table.split(".");
  const place = join(draft, layer, name);
  const [counted] = await warehouse.rows<{ rows: number }>(`select count(*) as rows from ${table.table}`);
  const rows = counted?.rows ?? 0;
  const isParted = table.partitions.length > 0 && rows > 0;
  mkdirSync(isParted ? dirname(place) : place, { recursive: true });
  const into = isParted
    ? `${literal(place)} (format parquet, compression zstd, partition_by (${table.partitions.join(", ")}))`
    : `${literal(join(place, "data_0.parquet"))} (format parquet, compression zstd)`;
  await warehouse.run(`copy (${rowsOf(table)}) to ${into}`);
  const files = globSync("**/*.parquet", { cwd: place }).sort();
  return {
    table: table.table,
    rows,
    partitions: isParted ? [...table.partitions] : [],
    files: await Promise.all(
      files.map(async (file) => ({
        file: `${layer}/${name}/${file}`,
        bytes: statSync(join(place, file)).size,
        sha256: await fileSha256(join(place, file)),
      })),
    ),
  };
}
