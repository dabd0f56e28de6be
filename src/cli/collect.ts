import { existsSync } from "node:fs";
import { exitCodeOf, reportLines, type RunReport } from "../collect/report.ts";
import { collect } from "../collect/run.ts";
import { chosenSources, collectionPlan } from "../collect/sources.ts";
import { loadConfig, type LoadedConfig } from "../config/load.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { productVersion } from "../product-version.ts";
import { openWarehouse } from "../warehouse/open.ts";
import { readArguments } from "./command.ts";
import { collect as command } from "./help/collect.ts";
import { databaseOf } from "./session.ts";

interface Chosen {
  readonly sources?: readonly string[] | undefined;
  readonly maxPoints?: number | undefined;
  readonly stop?: AbortSignal | undefined;
}

/** Reads what is new from every source into the database. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values } = readArguments(command, args);
  const maxPoints = pointsOf(values["max-points"]);
  const loaded = await loadConfig(values.config, effects);
  if (values["dry-run"] === true) return dryRun(loaded, { sources: values.source, maxPoints }, effects);
  return collectInto(loaded, { sources: values.source, maxPoints }, effects);
}

function pointsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`--max-points: expected a number from 1, such as 1000, found ${JSON.stringify(text)}`);
}

/** @returns the exit code: 0 everything read, 1 rows were rejected or it was to stop before, 2 a source failed */
export const collectInto = async (loaded: LoadedConfig, chosen: Chosen, effects: Effects): Promise<0 | 1 | 2> =>
  exitCodeOf(await collectAndSay(loaded, chosen, effects));

/** @returns what was done, as it was said */
export async function collectAndSay(
  loaded: LoadedConfig,
  { sources, maxPoints, stop }: Chosen,
  effects: Effects,
): Promise<RunReport> {
  // Before the database is made: a wrong name must leave nothing behind.
  chosenSources(loaded, sources);
  const warehouse = await openWarehouse(databaseOf(loaded), {
    mode: "write",
    memoryLimit: loaded.config.database_memory,
  });
  try {
    const report = await collect(warehouse, loaded, effects, {
      version: productVersion,
      stop,
      ...(sources === undefined ? {} : { sources }),
      ...(maxPoints === undefined ? {} : { maxPoints }),
    });
    effects.stdout(`${reportLines(report).join("\n")}\n`);
    return report;
  } finally {
    warehouse.close();
  }
}

async function dryRun(loaded: LoadedConfig, chosen: Chosen, effects: Effects): Promise<number> {
  const path = databaseOf(loaded);
  const warehouse = existsSync(path) ? await openWarehouse(path, { mode: "read" }) : undefined;
  try {
    const lines = await collectionPlan(warehouse, loaded, effects.now(), chosen);
    effects.stdout(`${lines.join("\n")}\nNothing was read: this was a dry run.\n`);
    return 0;
  } finally {
    warehouse?.close();
  }
}
