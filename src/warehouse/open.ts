import { chmodSync, existsSync, rmSync, statSync } from "node:fs";
import { tmpdir, totalmem } from "node:os";
import { dirname } from "node:path";
import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from "@duckdb/node-api";
import { DataError } from "../errors.ts";
import { ownFolder } from "../killed.ts";
import { attachArchives } from "./attach.ts";
import { databaseError, isInUse } from "./database-error.ts";
import { removeLeftovers } from "./leftovers.ts";
import { literal } from "./literal.ts";
import { migrate } from "./migrate.ts";
import { plainValue } from "./values.ts";

export type Row = Record<string, unknown>;

export interface Table {
  /** Names of the columns, told apart where SQL gives the same name twice. */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** An open database. `rows` is plumbing for named queries: the meaning is in queries/. */
export interface Warehouse {
  readonly path: string;
  readonly connection: DuckDBConnection;
  rows<T extends object = Row>(sql: string, parameters?: readonly DuckDBValue[]): Promise<T[]>;
  /** Rows with their columns, which an empty result has too. */
  table(sql: string): Promise<Table>;
  run(sql: string, parameters?: readonly DuckDBValue[]): Promise<void>;
  close(): void;
}

export interface OpenOptions {
  readonly mode: "read" | "write";
  /** Overrides the number of threads; results must not depend on it. */
  readonly threads?: number;
  /** Such as 2GB; left out = what suits the machine. */
  readonly memoryLimit?: string | undefined;
  /** The one folder, with all that is in it, that SQL may write files to and read them from; default none. */
  readonly writesTo?: string;
  /** Files of archives, verified before: what was disposed of is read from there (`raw.kept`, `raw.current`). No other file can be. */
  readonly archives?: readonly string[];
  /** Other files that SQL may read. */
  readonly reads?: readonly string[];
  /** Another database, which this one's views read under the name `named`. */
  readonly named?: string;
}

const IN_MEMORY = ":memory:";

/**
 * Opens the database at `path`, creating it (readable by its owner only) in write mode.
 * SQL that runs in it can reach neither files nor network and cannot change settings.
 * @throws {DataError} in words when it is missing, in use, damaged or made by a newer version
 */
export async function openWarehouse(path: string, options: OpenOptions): Promise<Warehouse> {
  const isNew = path === IN_MEMORY || !existsSync(path);
  if (path !== IN_MEMORY) checkPlace(path, isNew, options.mode);
  return opening(path, async (opened, close) => {
    const temporary = privateFiles(options.mode, opened);
    const instance = await openInstance(path, temporary, options).catch((error: unknown) => {
      throw isNew ? withoutRemains(error, path) : error;
    });
    opened.push(() => instance.closeSync());
    if (options.mode === "write") removeLeftovers(path);
    const connection = await instance.connect();
    opened.push(() => connection.closeSync());
    const warehouse = wrap(path, connection, close);
    const { named } = options;
    const attached = named === undefined ? [] : [named, `${named}.wal`];
    await secure(warehouse, options.writesTo, [...(options.archives ?? []), ...(options.reads ?? []), ...attached]);
    await migrate(warehouse, options.mode);
    await attachArchives(warehouse, options.archives ?? []);
    if (named !== undefined) await warehouse.run(`attach ${literal(named)} as named (read_only)`);
    if (options.mode === "write" && path !== IN_MEMORY) keepPrivate(path);
    return warehouse;
  });
}

/** How to undo what was opened, in the order in which it was. */
export type Opened = (() => void)[];

export const closeAll = (opened: Opened): void => opened.splice(0).reverse().forEach((undo) => undo());

/**
 * Opens something of the database at `path` in steps. When one fails, those before it are undone.
 * @throws {DataError} in words where it is the database that failed
 */
export async function opening<T>(path: string, open: (opened: Opened, close: () => void) => Promise<T>): Promise<T> {
  const opened: Opened = [];
  const close = () => closeAll(opened);
  try {
    return await open(opened, close);
  } catch (error) {
    close();
    throw databaseError(error, path) ?? error;
  }
}

/** A connection to a database in memory, of its own. */
export async function inMemory(
  opened: Opened,
  temporary: string | undefined,
  options: Omit<OpenOptions, "mode" | "writesTo"> = {},
): Promise<DuckDBConnection> {
  const instance = await openInstance(IN_MEMORY, temporary, { ...options, mode: "write" });
  opened.push(() => instance.closeSync());
  const connection = await instance.connect();
  opened.push(() => connection.closeSync());
  return connection;
}

/** A database that could not be made leaves nothing behind, unless another process is making it just now. */
function withoutRemains(error: unknown, path: string): unknown {
  if (!isInUse(error)) rmSync(path, { force: true });
  return error;
}

function checkPlace(path: string, isNew: boolean, mode: OpenOptions["mode"]): void {
  if (isNew && mode === "read") {
    throw new DataError(`there is no database at ${path}: run \`quarterdeck collect\` first`);
  }
  if (isNew && !existsSync(dirname(path))) {
    throw new DataError(`there is no folder ${dirname(path)}: create it, or correct \`database\` in quarterdeck.yaml`);
  }
  if (isNew) return;
  const found = statSync(path);
  if (found.isDirectory()) {
    throw new DataError(`${path} is a folder: \`database\` in quarterdeck.yaml must name a file`);
  }
  if (!found.isFile()) throw new DataError(`${path} is no ordinary file: correct \`database\` in quarterdeck.yaml`);
  if (found.size === 0) {
    throw new DataError(`${path} is empty, so it is no database: delete it, then run \`quarterdeck collect\``);
  }
}

/**
 * Sees to it that no file of the database is readable by others. A writer makes its log and temporary files
 * beside the database later on, so they are made private by the mask; a reader leaves the mask to the site
 * and has a private folder for what does not fit into memory.
 * @returns the folder for temporary files; undefined = beside the database
 */
export function privateFiles(mode: OpenOptions["mode"], opened: Opened): string | undefined {
  if (mode === "write") {
    const mask = process.umask(0o077);
    opened.push(() => process.umask(mask));
    return undefined;
  }
  const folder = ownFolder(tmpdir(), "quarterdeck-read");
  opened.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Of an older file too; where it belongs to somebody else, its owner decides. */
function keepPrivate(path: string): void {
  const mode = statSync(path).mode & 0o777;
  if ((mode & 0o077) === 0) return;
  try {
    chmodSync(path, mode & 0o700);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) throw error;
  }
}

function openInstance(path: string, temporary: string | undefined, options: OpenOptions): Promise<DuckDBInstance> {
  return DuckDBInstance.create(path, {
    access_mode: options.mode === "read" ? "READ_ONLY" : "AUTOMATIC",
    memory_limit: options.memoryLimit ?? `${usableMegabytes()}MB`,
    // What came with it compresses text in two thirds of the time that older files take; any DuckDB from 1.3 on reads it.
    storage_compatibility_version: "v1.3.0",
    // Otherwise a file that is not a database can make the engine fetch an extension for it.
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_persistent_secrets: "false",
    // Tables of a model are made and read in one transaction, in which their sizes are not known: an order of joins that is guessed from that is worse than the one that is written.
    ...(options.mode === "write" ? { disabled_optimizers: "join_order,build_side_probe_side" } : {}),
    // Otherwise each thread holds five row groups of a table that is made, and large tables leave no memory for what makes them.
    write_buffer_row_group_count: "1",
    ...(temporary === undefined ? {} : { temp_directory: temporary }),
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
  });
}

/** What a machine of ordinary size has: more is asked for by `database_memory`, so that a shared one is left to the others. */
const MOST_MEGABYTES = 4000;

/** Three quarters of the memory of the machine, or of what a container may use; 4 GB at most. */
export function usableMegabytes(): number {
  const constrained = process.constrainedMemory();
  const bytes = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.min(MOST_MEGABYTES, Math.floor((bytes * 0.75) / 1_000_000));
}

export async function secure(warehouse: Warehouse, writesTo?: string, files: readonly string[] = []): Promise<void> {
  await warehouse.run("set TimeZone = 'UTC'");
  if (writesTo !== undefined) await warehouse.run("set allowed_directories = [?]", [writesTo]);
  if (files.length > 0) await warehouse.run(`set allowed_paths = [${files.map(literal).join(", ")}]`);
  await warehouse.run("set enable_external_access = false");
  await warehouse.run("set lock_configuration = true");
}

export function wrap(path: string, connection: DuckDBConnection, close: () => void): Warehouse {
  const inWords = (error: unknown) => {
    throw databaseError(error, path) ?? error;
  };
  return {
    path,
    connection,
    async rows<T extends object>(sql: string, parameters: readonly DuckDBValue[] = []) {
      const reader = await connection.runAndReadAll(sql, [...parameters]).catch(inWords);
      return reader.convertRowObjects(plainValue) as T[];
    },
    async table(sql) {
      const reader = await connection.runAndReadAll(sql).catch(inWords);
      return { columns: reader.deduplicatedColumnNames(), rows: reader.convertRowObjects(plainValue) };
    },
    async run(sql, parameters) {
      await (parameters ? connection.run(sql, [...parameters]) : connection.run(sql)).catch(inWords);
    },
    close,
  };
}
