import { existsSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { attachable, payloadsOf, verifyAttached, type Attachable } from "../archive/attach.ts";
import { lastRunStart } from "../collect/run-log.ts";
import { configDocument } from "../config/document.ts";
import { loadConfig, type LoadedConfig } from "../config/load.ts";
import { configSchema } from "../config/schema.ts";
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
  /** What the model was built from. */
  readonly input: ModelInput;
}

/** @throws {UsageError} for a catalogue that is no file */
export function databaseOf({ config, directory }: LoadedConfig): string {
  if (!/^(md|motherduck|ducklake):/.test(config.database)) return resolve(directory, config.database);
  throw new UsageError(
    `\`database\` names ${config.database.replace(/:.*$/, "")}:, which is not opened: name a DuckDB file; docs/beyond-one-machine.md says how others get what is in it`,
  );
}

/** Where charts are kept from build to build: beside the database, which holds no less than they show. */
export const chartsOf = (loaded: LoadedConfig): string => `${databaseOf(loaded)}.charts`;

/** What is to be forgotten may stand in a chart that was kept. */
export const forgetCharts = (loaded: LoadedConfig): void => rmSync(chartsOf(loaded), { recursive: true, force: true });

/**
 * The database, read-only, with its model built for the present data, configuration, queries and as-of.
 * Reads no source.
 * @throws {UsageError} when nothing was collected yet
 */
export async function openSession(values: SessionOptions, effects: Effects): Promise<Session> {
  const loaded = await loadConfig(values.config, effects, { secrets: "ignored" });
  const localQueries = localQueriesOf(loaded);
  const path = databaseOf(loaded);
  const memoryLimit = loaded.config.database_memory;
  const reader = await openWarehouse(path, { mode: "read", memoryLimit });
  const plan = await planOf(reader, loaded, localQueries, values["as-of"]).catch((error: unknown) => {
    reader.close();
    throw error;
  });
  await sayUnknown(reader, plan.asOf, effects);
  const warehouse = plan.isCurrent
    ? await withArchives(reader, plan.archives, memoryLimit)
    : await rebuilt(reader, plan, memoryLimit, effects);
  await setVariables(warehouse, plan.input.variables);
  return { warehouse, loaded, localQueries, asOf: plan.asOf, input: plan.input };
}

const DAY = 86_400_000;

/** Days after the last collection count as days without deployments: whoever asks for them has to know. */
async function sayUnknown(warehouse: Warehouse, asOf: string, effects: Effects): Promise<void> {
  const known = await lastRunStart(warehouse);
  if (known === undefined || Date.parse(asOf) <= Date.parse(known) + DAY) return;
  effects.stderr(
    `note: --as-of is ${asOf}, and the last collection was ${known}: nothing is known of what happened in between, and its days count as days on which nothing did\n`,
  );
}

/** As-of, for what cannot be undone. @throws {UsageError} where it is yet to come */
export async function pastAsOf(warehouse: Warehouse, loaded: LoadedConfig, text: string | undefined, now: Date): Promise<string> {
  const asOf = await asOfOf(warehouse, loaded, text);
  if (Date.parse(asOf) <= now.getTime()) return asOf;
  const said = text === undefined ? "the last collection ran at" : "--as-of:";
  throw new UsageError(`${said} ${asOf}, which is yet to come by the clock of this machine: name an instant before ${now.toISOString()} with --as-of`);
}

const DEFAULT_QUERIES = configSchema.shape.queries.parse(undefined);

/** A folder that was named must be there; the default one only where somebody has queries. */
export function localQueriesOf({ config, directory }: LoadedConfig): string {
  const folder = resolve(directory, config.queries);
  if (config.queries === DEFAULT_QUERIES || existsSync(folder)) return folder;
  throw new UsageError(`there is no folder ${folder}: create it, or correct \`queries\` in quarterdeck.yaml`);
}

export interface Plan {
  readonly asOf: string;
  readonly input: ModelInput;
  readonly isCurrent: boolean;
  /** What was disposed of is read from these. */
  readonly archives: Attachable;
}

/** What the model would be built from, and whether it is. */
export async function planOf(
  warehouse: Warehouse,
  loaded: LoadedConfig,
  localQueries: string,
  asOfText: string | undefined,
): Promise<Plan> {
  const asOf = await asOfOf(warehouse, loaded, asOfText);
  const document = configDocument(loaded.config);
  const localFrameworks = join(loaded.directory, "frameworks");
  const archives = await attachable(warehouse, archiveFolders(loaded));
  const input = {
    ...{ document, variables: queryParameters(loaded.config, asOf), localQueries, localFrameworks },
    ...(archives.digest === undefined ? {} : { archives: archives.digest }),
  };
  return { asOf, input, isCurrent: await isModelCurrent(warehouse, input), archives };
}

export const archiveFolders = ({ config, directory }: LoadedConfig): string[] =>
  config.archives.map((folder) => resolve(directory, folder));

/** The database once more, with what lies in archives, for packs hold what records say. */
async function withArchives(
  reader: Warehouse,
  archives: Attachable,
  memoryLimit: string | undefined,
): Promise<Warehouse> {
  if (archives.folders.length === 0) return reader;
  reader.close();
  return openWarehouse(reader.path, { mode: "read", memoryLimit, archives: payloadsOf(archives) });
}

async function rebuilt(
  reader: Warehouse,
  { input, archives }: Plan,
  memoryLimit: string | undefined,
  effects: Effects,
): Promise<Warehouse> {
  const { path } = reader;
  reader.close();
  const attached = payloadsOf(archives);
  if (effects.isTerminal) effects.stderr(`building the model of ${relative(effects.cwd, path)}\n`);
  const writer = await openWarehouse(path, { mode: "write", memoryLimit, archives: attached });
  try {
    if (archives.digest !== undefined) await verifyAttached(writer, archives);
    await buildModel(writer, input);
  } finally {
    writer.close();
  }
  return openWarehouse(path, { mode: "read", memoryLimit, archives: attached });
}

/** The instant that was asked for, or when the last collection began. */
export async function asOfOf(
  warehouse: Warehouse,
  { config }: LoadedConfig,
  text: string | undefined,
): Promise<string> {
  if (text !== undefined) return asOfInstant(text, config.time_zone).toISOString();
  const last = await lastRunStart(warehouse);
  if (last === undefined)
    throw new UsageError("no collection has ended yet: run `quarterdeck collect` first");
  return last;
}
