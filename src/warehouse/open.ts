import { chmodSync, existsSync, statSync } from "node:fs";
import { basename } from "node:path";
import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from "@duckdb/node-api";
import { DataError } from "../errors.ts";
import { migrate } from "./migrate.ts";
import { plainValue } from "./values.ts";

export type Row = Record<string, unknown>;

/** An open database. `rows` is plumbing for named queries: the meaning is in queries/. */
export interface Warehouse {
  readonly path: string;
  readonly connection: DuckDBConnection;
  rows<T extends object = Row>(sql: string, parameters?: readonly DuckDBValue[]): Promise<T[]>;
  run(sql: string, parameters?: readonly DuckDBValue[]): Promise<void>;
  close(): void;
}

export interface OpenOptions {
  readonly mode: "read" | "write";
  /** Overrides the number of threads; results must not depend on it. */
  readonly threads?: number;
  readonly memoryLimit?: string;
}

/**
 * Opens the database at `path`, creating it (readable by its owner only) in write mode.
 * SQL that runs in it can reach neither files nor network and cannot change settings.
 * @throws {DataError} in words when it is missing, in use, damaged or made by a newer version
 */
export async function openWarehouse(path: string, options: OpenOptions): Promise<Warehouse> {
  const isNew = path === ":memory:" || !existsSync(path);
  if (isNew && options.mode === "read") {
    throw new DataError(`there is no database at ${path}: run \`quarterdeck collect\` first`);
  }
  // The write-ahead log is created beside the database later on and holds the same data.
  const previousMask = options.mode === "write" ? process.umask(0o077) : undefined;
  const restoreMask = () => {
    if (previousMask !== undefined) process.umask(previousMask);
  };
  try {
    const instance = await openInstance(path, options);
    const connection = await instance.connect();
    const warehouse = wrap(path, connection, () => {
      connection.closeSync();
      instance.closeSync();
      restoreMask();
    });
    await secure(warehouse);
    await migrate(warehouse, { isNew, mode: options.mode });
    if (options.mode === "write" && path !== ":memory:") chmodSync(path, 0o600);
    return warehouse;
  } catch (error) {
    restoreMask();
    throw inWords(error, path);
  }
}

function openInstance(path: string, options: OpenOptions): Promise<DuckDBInstance> {
  return DuckDBInstance.create(path, {
    access_mode: options.mode === "read" ? "READ_ONLY" : "AUTOMATIC",
    memory_limit: options.memoryLimit ?? "3GB",
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
  });
}

async function secure(warehouse: Warehouse): Promise<void> {
  await warehouse.run("set TimeZone = 'UTC'");
  await warehouse.run("set enable_external_access = false");
  await warehouse.run("set lock_configuration = true");
}

function wrap(path: string, connection: DuckDBConnection, close: () => void): Warehouse {
  return {
    path,
    connection,
    async rows<T extends object>(sql: string, parameters: readonly DuckDBValue[] = []) {
      const reader = await connection.runAndReadAll(sql, [...parameters]);
      return reader.convertRowObjects(plainValue) as T[];
    },
    async run(sql, parameters) {
      await (parameters ? connection.run(sql, [...parameters]) : connection.run(sql));
    },
    close,
  };
}

/** DuckDB's messages -> one sentence with the way out. Anything else is passed on. */
function inWords(error: unknown, path: string): unknown {
  const message = error instanceof Error ? error.message : String(error);
  const file = basename(path);
  if (/could not set lock|conflicting lock/i.test(message)) {
    const pid = /PID (\d+)/.exec(message)?.[1];
    return new DataError(
      `${file} is in use by another process${pid ? ` (PID ${pid})` : ""}: wait until it has ended, then run this again; nothing was changed`,
    );
  }
  if (/newer version|storage version|version number/i.test(message)) {
    return new DataError(
      `${file} was written by a newer version of the database engine: upgrade quarterdeck, or restore the backup beside it; nothing was changed`,
    );
  }
  if (/not a valid DuckDB|checksum|corrupt|serialization error|deserialize/i.test(message)) {
    return new DataError(
      `${file} is damaged or is not a Quarterdeck database: restore a backup, or move it away and collect again; nothing was changed`,
    );
  }
  return diskError(message, path) ?? error;
}

/** A full or read-only disk, in words; undefined for every other message. */
export function diskError(message: string, path: string): DataError | undefined {
  const file = basename(path);
  if (/no space left|disk (is )?full|out of disk|ENOSPC/i.test(message)) {
    return new DataError(
      `no space left on the disk of ${file}: free some and run this again; everything stored before is kept`,
    );
  }
  if (/permission denied|read-only file system|EACCES|EROFS/i.test(message)) {
    return new DataError(`${path} cannot be written: check its owner and permissions; nothing was changed`);
  }
  if (existsSync(path) && statSync(path).isDirectory()) {
    return new DataError(`${path} is a folder: \`database\` in quarterdeck.yaml must name a file`);
  }
  return undefined;
}
