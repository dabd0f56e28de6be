import { existsSync } from "node:fs";
import { exitCodeOf, reportLines } from "../collect/report.ts";
import { collect } from "../collect/run.ts";
import { chosenSources, collectionPlan } from "../collect/sources.ts";
import { loadConfig, type LoadedConfig } from "../config/load.ts";
import type { Effects } from "../effects.ts";
import { productVersion } from "../product-version.ts";
import { openWarehouse } from "../warehouse/open.ts";
import { readArguments } from "./command.ts";
import { collect as command } from "./help/collect.ts";
import { databaseOf } from "./session.ts";

/** Reads what is new from every source into the database. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values } = readArguments(command, args);
  const loaded = await loadConfig(values.config, effects);
  if (values["dry-run"] === true) return dryRun(loaded, values.source, effects);
  return collectInto(loaded, values.source, effects);
}

/** @returns the exit code: 0 everything read, 1 rows were rejected, 2 a source failed */
export async function collectInto(
  loaded: LoadedConfig,
  sources: readonly string[] | undefined,
  effects: Effects,
): Promise<0 | 1 | 2> {
  // Before the database is made: a wrong name must leave nothing behind.
  chosenSources(loaded, sources);
  const warehouse = await openWarehouse(databaseOf(loaded), {
    mode: "write",
    memoryLimit: loaded.config.database_memory,
  });
  try {
    const report = await collect(warehouse, loaded, effects, {
      version: productVersion,
      ...(sources === undefined ? {} : { sources }),
    });
    effects.stdout(`${reportLines(report).join("\n")}\n`);
    return exitCodeOf(report);
  } finally {
    warehouse.close();
  }
}

async function dryRun(
  loaded: LoadedConfig,
  sources: readonly string[] | undefined,
  effects: Effects,
): Promise<number> {
  const path = databaseOf(loaded);
  const warehouse = existsSync(path) ? await openWarehouse(path, { mode: "read" }) : undefined;
  try {
    const lines = await collectionPlan(warehouse, loaded, sources);
    effects.stdout(`${lines.join("\n")}\nNothing was read: this was a dry run.\n`);
    return 0;
  } finally {
    warehouse?.close();
  }
}
