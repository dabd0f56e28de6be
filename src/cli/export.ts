import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { shownPath } from "../config/shown-path.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { exportTo } from "../lake/export.ts";
import { openWarehouse } from "../warehouse/open.ts";
import { readArguments } from "./command.ts";
import { exportCommand as command } from "./help/export.ts";
import { openSession } from "./session.ts";

/** Writes the database as Parquet that lake engines read. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(command, args);
  const [named] = positionals;
  if (named === undefined) throw new UsageError("export needs <folder>: where to write");
  const folder = resolve(effects.cwd, named);
  const session = await openSession(values, effects);
  session.warehouse.close();
  mkdirSync(dirname(folder), { recursive: true });
  // One thread writes the rows of a partition into one file, and the same bytes each time.
  const { database_memory: memoryLimit } = session.loaded.config;
  const warehouse = await openWarehouse(session.warehouse.path, { mode: "read", memoryLimit, threads: 1, writesTo: dirname(folder) });
  try {
    const { tables, chain } = await exportTo(warehouse, folder, session.asOf);
    effects.stdout(`${shownPath(folder, effects.cwd)}: ${tables.length} tables, ${chain.records} records in ${chain.batches} batches, chain head ${chain.head}\n`);
    return 0;
  } finally {
    warehouse.close();
  }
}
