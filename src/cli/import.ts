import { resolve } from "node:path";
import { loadConfig } from "../config/load.ts";
import { shownPath } from "../config/shown-path.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { importFrom } from "../lake/import.ts";
import { readArguments } from "./command.ts";
import { importCommand as command } from "./help/import.ts";
import { databaseOf } from "./session.ts";

/** Makes a database of an export. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(command, args);
  const [named] = positionals;
  if (named === undefined) throw new UsageError("import needs <folder>: what `quarterdeck export` wrote");
  const loaded = await loadConfig(values.config, effects, { secrets: "ignored" });
  const path = databaseOf(loaded);
  const { chain } = await importFrom(resolve(effects.cwd, named), path, loaded.config.database_memory);
  effects.stdout(`${shownPath(path, effects.cwd)}: ${chain.records} records in ${chain.batches} batches, chain head ${chain.head}: all hashes match\n`);
  return 0;
}
