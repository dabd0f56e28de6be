import { existsSync, lstatSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { globSync } from "tinyglobby";
import { fileSha256 } from "../../reports/folder/sums.ts";
import { reasonOf } from "../../reports/verify/finding.ts";
import { DataError } from "../errors.ts";
import { literal } from "../warehouse/literal.ts";
import { formOf } from "../warehouse/migrate.ts";
import { openWarehouse, type Warehouse } from "../warehouse/open.ts";
import { inTransaction } from "../warehouse/store.ts";
import { verifyChain } from "../warehouse/verify.ts";
import { MANIFEST, manifestSchema, type ExportManifest } from "./manifest.ts";

/**
 * Makes a database of an export, at a path where there is none. It gets its name when all of it is there and the chain verifies; the model is
 * made from it as from any other.
 * @throws {DataError} naming what does not fit
 */
export async function importFrom(
  folder: string,
  path: string,
  memoryLimit?: string,
): Promise<ExportManifest> {
  if (existsSync(path))
    throw new DataError(
      `${path} is there already: name another file under \`database\`; nothing was changed`,
    );
  const manifest = readManifest(folder);
  await refuseAltered(folder, manifest);
  const place = mkdtempSync(join(dirname(path), `.${basename(path)}-import-`));
  try {
    const draft = join(place, basename(path));
    await fill(draft, folder, manifest, memoryLimit);
    renameSync(draft, path);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
  return manifest;
}

function readManifest(folder: string): ExportManifest {
  const path = join(folder, MANIFEST);
  if (!existsSync(path))
    throw new DataError(`${folder} has no ${MANIFEST}: expected the folder of an export`);
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new DataError(`${path} is no JSON`);
  }
  const read = manifestSchema.safeParse(document);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new DataError(
    `${path}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not the manifest of an export"}`,
  );
}

async function refuseAltered(folder: string, { tables }: ExportManifest): Promise<void> {
  const listed = new Map(tables.flatMap(({ files }) => files.map((file) => [file.file, file])));
  for (const { file, sha256 } of listed.values()) {
    const path = join(folder, file);
    if (!existsSync(path)) throw new DataError(`${file} is missing`);
    if (!lstatSync(path).isFile()) throw new DataError(`${file} is no ordinary file`);
    if ((await fileSha256(path)) !== sha256)
      throw new DataError(`${file} is not as it was written: its SHA-256 is another`);
  }
  const other = globSync("**/*.parquet", { cwd: folder, dot: true })
    .sort()
    .find((file) => !listed.has(file));
  if (other !== undefined) throw new DataError(`${other} is not listed in ${MANIFEST}`);
}

async function fill(
  draft: string,
  folder: string,
  manifest: ExportManifest,
  memoryLimit: string | undefined,
): Promise<void> {
  const warehouse = await openWarehouse(draft, { mode: "write", memoryLimit, writesTo: folder });
  try {
    const form = await formOf(warehouse);
    if (form !== manifest.form)
      throw new DataError(
        `the export has form ${manifest.form}, this version of quarterdeck makes ${form}: use the version that wrote it (${manifest.product_version})`,
      );
    await inTransaction(warehouse, async () => {
      for (const table of manifest.tables)
        if (table.table.startsWith("raw.")) await insert(warehouse, folder, table);
    });
    const { head, batches, records, problems } = await verifyChain(warehouse);
    if (problems[0] !== undefined)
      throw new DataError(`what was collected does not verify: ${problems[0].problem}`);
    const { chain } = manifest;
    if (head !== chain.head || batches !== chain.batches || records !== chain.records)
      throw new DataError(`the chain ends at ${head}, not at ${chain.head}, as ${MANIFEST} says`);
  } finally {
    warehouse.close();
  }
}

async function insert(
  warehouse: Warehouse,
  folder: string,
  { table, rows, files, partitions }: ExportManifest["tables"][number],
): Promise<void> {
  const known = await warehouse.rows<{ column_name: string }>(
    `select column_name from duckdb_columns() where schema_name || '.' || table_name = ?`,
    [table],
  );
  if (known.length === 0) throw new DataError(`${table}: this version of quarterdeck knows no such table`);
  const columns = known.map(({ column_name }) => `"${column_name}"`).join(", ");
  const paths = files.map(({ file }) => literal(join(folder, file))).join(", ");
  // Names of folders are texts, whatever they look like.
  const types =
    partitions.length > 0
      ? `, hive_partitioning = true, hive_types = {${partitions.map((name) => `'${name}': varchar`).join(", ")}}`
      : ", hive_partitioning = false";
  const order = table === "raw.record" ? " order by batch_id, ordinal, source, stream, key, version" : "";
  await warehouse
    .run(`insert into ${table} (${columns}) select ${columns} from read_parquet([${paths}]${types})${order}`)
    .catch((error: unknown) => {
      throw new DataError(`${table}: its files do not fit: ${reasonOf(error)}`);
    });
  const [counted] = await warehouse.rows<{ rows: number }>(`select count(*) as rows from ${table}`);
  if (counted?.rows !== rows)
    throw new DataError(`${table}: expected ${rows} rows, found ${counted?.rows ?? 0}`);
}
