import { lstatSync, readdirSync, rmSync } from "node:fs";

/** As DuckDB names what does not fit into memory. */
const SPILLED = /^duckdb_temp_(storage_.*\.tmp|block-\d+\.block)$/;

export const spillFolder = (database: string): string => `${database}.tmp`;

/** Whether the folder beside a database holds what a process spilled, and nothing else. */
export function holdsOnlySpilled(database: string): boolean {
  const folder = spillFolder(database);
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && readdirSync(folder).every((name) => SPILLED.test(name));
}

/**
 * Removes what a killed process spilled. To be called by who holds the lock of the database: nobody else writes there then, and
 * DuckDB itself neither reads nor removes what it finds.
 */
export function removeLeftovers(database: string): void {
  if (holdsOnlySpilled(database)) rmSync(spillFolder(database), { recursive: true, force: true });
}
