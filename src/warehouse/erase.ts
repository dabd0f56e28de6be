import { readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "../errors.ts";
import { packageRoot } from "../package-root.ts";
import { literal } from "./literal.ts";
import { closeAll, inMemory, openWarehouse, privateFiles, type Opened, type Warehouse } from "./open.ts";
import { inTransaction } from "./store.ts";

export interface Erasure {
  readonly source: string;
  readonly stream: string;
  readonly key: string;
  /** Undefined = all of them. */
  readonly version: number | undefined;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

/** Looks at the database before anything is erased, and throws where it must not be. */
export type Guard = (warehouse: Warehouse) => Promise<void>;

const ERASE = readFileSync(join(packageRoot, "src/warehouse/sql/erase.sql"), "utf8");

/**
 * Takes what a record said out of the database at `path`: hash and reason stay, so that the chain still verifies. The model goes too, which
 * may repeat it, and the file is written anew, since a database keeps what it no longer needs until it wants the place.
 * Asked again it writes the file anew, in case it was cut short before.
 * @returns the number of versions that were erased; 0 where they were before
 * @throws {DataError} when there is no such record, or nothing was ever in it
 */
export async function erase(path: string, erasure: Erasure, memoryLimit?: string, guard?: Guard): Promise<number> {
  const versions = await noted(path, erasure, memoryLimit, guard);
  await rewritten(path, memoryLimit);
  return versions;
}

async function noted(
  path: string,
  { source, stream, key, version, reason, by, at }: Erasure,
  memoryLimit: string | undefined,
  guard: Guard | undefined,
): Promise<number> {
  const warehouse = await openWarehouse(path, { mode: "write", memoryLimit });
  try {
    return await inTransaction(warehouse, async () => {
      await guard?.(warehouse);
      const before = await erasures();
      await warehouse.run(ERASE, [source, stream, key, version ?? null, reason, by, at.toISOString()]);
      const erased = (await erasures()) - before;
      if (erased === 0 && !(await wasErased()))
        throw new DataError(
          `${source} ${stream} has no record ${JSON.stringify(key)}${version === undefined ? "" : ` in version ${version}`} that says anything`,
        );
      await warehouse.run(
        `update raw.record as r set payload = null
         where source = ? and stream = ? and key = ? and exists (
           select 1 from raw.erasure as e where e.source = r.source and e.stream = r.stream and e.key = r.key and e.version = r.version)`,
        [source, stream, key],
      );
      await forgetModel(warehouse);
      return erased;
    });
    async function wasErased(): Promise<boolean> {
      const found = await warehouse.rows(
        "select 1 from raw.erasure where source = ? and stream = ? and key = ? and (?::integer is null or version = ?::integer)",
        [source, stream, key, version ?? null, version ?? null],
      );
      return found.length > 0;
    }
    async function erasures(): Promise<number> {
      const [row] = await warehouse.rows<{ erasures: number }>(
        "select count(*) as erasures from raw.erasure",
      );
      return row?.erasures ?? 0;
    }
  } finally {
    warehouse.close();
  }
}

/** The model may repeat what a record said. */
export async function forgetModel(warehouse: Warehouse): Promise<void> {
  await warehouse.run("delete from raw.model_build");
  for (const { name } of await warehouse.rows<{ name: string }>(
    "select schema_name as name from duckdb_schemas() where database_name = current_database() and schema_name not in ('main', 'raw', 'information_schema', 'pg_catalog') order by name",
  ))
    await warehouse.run(`drop schema "${name}" cascade`);
}

/** The same database without the places that hold what was deleted. It gets its name when it is whole. */
export async function rewritten(path: string, memoryLimit: string | undefined): Promise<void> {
  const part = `${path}.part`;
  rmSync(part, { force: true });
  const opened: Opened = [];
  privateFiles("write", opened);
  try {
    const connection = await inMemory(opened, undefined, { memoryLimit });
    await connection.run(`attach ${literal(path)} as before (read_only)`);
    await connection.run(`attach ${literal(part)} as after`);
    await connection.run("copy from database before to after");
    await connection.run("detach after");
    await connection.run("detach before");
  } finally {
    closeAll(opened);
  }
  renameSync(part, path);
}
