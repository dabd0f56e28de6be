import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { listValue } from "@duckdb/node-api";
import type { Warehouse } from "../../warehouse/open.ts";
import type { Open } from "../audience/place.ts";
import { slug } from "../slug.ts";
import { copyStatement, PARTS, type Format } from "./copy.ts";
import { writePartFiles, type PartFiles } from "./part-files.ts";
import { isHistory, tablePath, type PublishedTable } from "./published-table.ts";

/** Promise of docs/data.md: the second number moves when columns or tables are added, the first when any changes or goes. */
export const VERSION = "1.0";

export interface MachineForm {
  readonly organisation: string;
  readonly asOf: string;
  readonly tables: readonly PublishedTable[];
}

export interface PublishedFile {
  readonly path: string;
  readonly format: Format;
  readonly parts: readonly string[] | null;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** A file to be written, and the values of the part column that are in it. */
interface Piece {
  readonly format: Format;
  readonly path: string;
  readonly parts: readonly string[] | null;
  readonly rows: number;
}

/** Tables that were written before, and say the same. */
export interface WrittenTables {
  /** The folder that their files are in. */
  readonly folder: string;
  readonly files: readonly PublishedFile[];
}

/**
 * Writes every published table of the database as CSV, JSON and Parquet below `folder`, with an index. DuckDB does
 * the writing, in a session of its own that may write to this folder and nowhere else.
 * @param written by name of the table: they are copied, and those that were not there are put there where `isSame` says so
 */
export async function writeMachineForm(
  open: Open,
  folder: string,
  form: MachineForm,
  written = new Map<string, WrittenTables>(),
  isSame: (table: PublishedTable) => boolean = () => false,
): Promise<void> {
  const data = join(folder, "data");
  await mkdir(data, { recursive: true });
  // One thread: the bytes of Parquet must not depend on how many there are.
  const warehouse = await open({ threads: 1, memoryLimit: "1GB", writesTo: data });
  try {
    const services = await knownServices(warehouse);
    const files = new Map<PublishedTable, readonly PublishedFile[]>();
    for (const table of form.tables) {
      const before = isSame(table) ? written.get(table.name) : undefined;
      files.set(table, before ? await copied(before, folder) : await writeTable(warehouse, folder, table, services, form));
      if (isSame(table) && !before) written.set(table.name, { folder, files: files.get(table) ?? [] });
    }
    const [history, other] = [
      form.tables.filter(isHistory),
      form.tables.filter((table) => !isHistory(table)),
    ];
    await writeIndex(folder, "data/index.json", other, files, form);
    if (history.length > 0) await writeIndex(folder, "data/history/index.json", history, files, form);
  } finally {
    warehouse.close();
  }
}

async function copied({ folder: from, files }: WrittenTables, to: string): Promise<readonly PublishedFile[]> {
  for (const { path } of files) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await copyFile(join(from, path), join(to, path));
  }
  return files;
}

async function writeTable(
  warehouse: Warehouse,
  folder: string,
  table: PublishedTable,
  services: readonly string[],
  { asOf }: MachineForm,
): Promise<PublishedFile[]> {
  const files: PublishedFile[] = [];
  const pieces = await piecesOf(warehouse, table, services);
  for (const of of new Set(pieces.map(({ path }) => dirname(join(folder, path))))) await mkdir(of, { recursive: true });
  const together = await writePartFiles(warehouse, table, partFiles(pieces, folder), { version: VERSION, as_of: asOf });
  for (const piece of pieces) {
    const file = join(folder, piece.path);
    const known = together.get(file);
    if (known !== undefined) {
      files.push({ ...piece, ...known });
      continue;
    }
    const { parts, rows } = piece;
    if (parts !== null) await warehouse.run(`set variable ${PARTS} = ?::varchar[]`, [listValue(parts)]);
    await warehouse.run(
      copyStatement(table, piece.format, file, { version: VERSION, as_of: asOf, parts, rows }),
    );
    files.push({ ...piece, ...(await sizeAndHash(file)) });
  }
  return files;
}

async function piecesOf(
  warehouse: Warehouse,
  table: PublishedTable,
  services: readonly string[],
): Promise<Piece[]> {
  const base = `data/${tablePath(table.name)}`;
  const whole: Piece = { format: "parquet", path: `${base}.parquet`, parts: null, rows: table.rows };
  const text = (["csv", "json"] as const).flatMap((format) =>
    table.part === null ? [{ ...whole, format, path: `${base}.${format}` }] : [],
  );
  if (table.part === null) return [whole, ...text];
  return [whole, ...partPieces(base, await partsOf(warehouse, table.relation, table.part, services))];
}

/** Those that hold one part alone. */
function partFiles(pieces: readonly Piece[], folder: string): PartFiles[] {
  return pieces.flatMap(({ format, path, parts, rows }) => {
    const [part, other] = parts ?? [];
    if (format !== "csv" || part === undefined || other !== undefined) return [];
    const csv = join(folder, path);
    return [{ part, rows, csv, json: csv.replace(/csv$/, "json") }];
  });
}

/** Two names that make the same file name share the file: each finds its own rows in it, and none is lost. */
function partPieces(base: string, rowsOf: ReadonlyMap<string, number>): Piece[] {
  const groups = Map.groupBy(rowsOf.keys(), slug);
  return [...groups].flatMap(([file, parts]) => {
    const rows = parts.reduce((sum, part) => sum + (rowsOf.get(part) ?? 0), 0);
    return (["csv", "json"] as const).map((format) => ({
      format,
      path: `${base}/${file}.${format}`,
      parts,
      rows,
    }));
  });
}

/** Part -> number of rows. A service without any has a file too, so that an address once known stays good. */
async function partsOf(warehouse: Warehouse, relation: string, part: string, services: readonly string[]) {
  const counted = await warehouse.rows<{ part: string; rows: number }>(
    `select "${part}"::varchar as part, count(*) as rows from ${relation} where "${part}" is not null group by part order by part`,
  );
  const parts = new Map(part === "service" ? services.map((service) => [service, 0]) : []);
  for (const row of counted) parts.set(row.part, row.rows);
  return new Map([...parts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function knownServices(warehouse: Warehouse): Promise<string[]> {
  const rows = await warehouse.rows<{ service: string }>(
    "select service from model.service order by service",
  );
  return rows.map(({ service }) => service);
}

async function sizeAndHash(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    hash.update(chunk);
  }
  return { bytes, sha256: hash.digest("hex") };
}

async function writeIndex(
  folder: string,
  path: string,
  tables: readonly PublishedTable[],
  written: ReadonlyMap<PublishedTable, readonly PublishedFile[]>,
  { organisation, asOf }: MachineForm,
): Promise<void> {
  const entries = tables.map((table) => {
    const { name, title, grain, description, columns, part, rows } = table;
    return { name, title, grain, description, columns, rows, part, files: written.get(table) ?? [] };
  });
  const index = { format: "quarterdeck", version: VERSION, organisation, as_of: asOf, tables: entries };
  await writeFile(join(folder, path), `${JSON.stringify(index, null, 1)}\n`);
}
