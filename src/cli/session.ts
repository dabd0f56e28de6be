import { relative, resolve } from "node:path";
import { lastRunStart } from "../collect/run-log.ts";
import { configDocument } from "../config/document.ts";
import { loadConfig, type LoadedConfig } from "../config/load.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { buildModel, isModelCurrent, setVariables, type ModelInput } from "../warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../warehouse/open.ts";
import { queryParameters } from "../warehouse/parameters.ts";
import { asOfInstant } from "./as-of.ts";

interface SessionOptions {
  readonly config?: string | undefined;
  readonly "as-of"?: string | undefined;
}

export interface Session {
  readonly warehouse: Warehouse;
  readonly loaded: LoadedConfig;
  /** The user's own queries folder; need not exist. */
  readonly localQueries: string;
  readonly asOf: string;
}

export const databaseOf = ({ config, directory }: LoadedConfig): string => resolve(directory, config.database);

/**
 * The database, read-only, with its model built for the present data, configuration, queries and as-of.
 * Reads no source.
 * @throws {UsageError} when nothing was collected yet
 */
export async function openSession(values: SessionOptions, effects: Effects): Promise<Session> {
  const loaded = await loadConfig(values.config, effects, { secrets: "ignored" });
  const localQueries = resolve(loaded.directory, loaded.config.queries);
  const path = databaseOf(loaded);
  const { asOf, input } = await prepare(path, loaded, localQueries, values["as-of"], effects);
  const warehouse = await openWarehouse(path, { mode: "read" });
  await setVariables(warehouse, input.variables);
  return { warehouse, loaded, localQueries, asOf };
}

async function prepare(
  path: string,
  loaded: LoadedConfig,
  localQueries: string,
  asOfText: string | undefined,
  effects: Effects,
): Promise<{ asOf: string; input: ModelInput }> {
  const reader = await openWarehouse(path, { mode: "read" });
  let asOf: string;
  let input: ModelInput;
  try {
    asOf = await asOfOf(reader, loaded, asOfText);
    input = {
      document: configDocument(loaded.config),
      variables: queryParameters(loaded.config, asOf),
      localQueries,
    };
    if (await isModelCurrent(reader, input)) return { asOf, input };
  } finally {
    reader.close();
  }
  const writer = await openWarehouse(path, { mode: "write" });
  try {
    if (effects.isTerminal) effects.stderr(`building the model of ${relative(effects.cwd, path)}\n`);
    await buildModel(writer, input);
  } finally {
    writer.close();
  }
  return { asOf, input };
}

async function asOfOf(warehouse: Warehouse, { config }: LoadedConfig, text: string | undefined): Promise<string> {
  if (text !== undefined) return asOfInstant(text, config.time_zone).toISOString();
  const last = await lastRunStart(warehouse);
  if (last === undefined) throw new UsageError("nothing was collected yet: run `quarterdeck collect` first");
  return last;
}
