import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { UsageError } from "../errors.ts";
import { isInUse } from "../warehouse/database-error.ts";
import { LOCK } from "./site-list.ts";

const PAUSE = 200;
const MOST = 10 * 60_000;

/**
 * Works while no other build writes into the folder; waits until that has ended. Files of two builds that are written at once would take each
 * other's places.
 * @throws {UsageError} when the other takes longer than any build should
 */
export async function alone<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const release = await lock(folder);
  try {
    return await work();
  } finally {
    release();
  }
}

/** A database of its own: Node locks no files, and unlike a file that says who writes, this lock ends with its process however that ends. */
async function lock(folder: string): Promise<() => void> {
  const path = join(folder, LOCK);
  for (let waited = 0; waited < MOST; waited += PAUSE) {
    try {
      mkdirSync(folder, { recursive: true });
      const held = await DuckDBInstance.create(path);
      return () => {
        // Before it is let go: who opens it afterwards would hold a file that is gone.
        rmSync(path, { force: true });
        held.closeSync();
      };
    } catch (error) {
      // A folder that takes no lock says why when it is written to; one on a disk without locks is written as before.
      if (!isInUse(error)) return () => undefined;
    }
    await setTimeout(PAUSE);
  }
  throw new UsageError(`${folder} is being written by another build: wait until it has ended, then build again`);
}
