import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBValue } from "@duckdb/node-api";
import { catalogueOf, enabledFiles, type SettingsInForce } from "../controls/catalogue.ts";
import { readFrameworks, type Framework } from "../controls/frameworks.ts";
import { judged, withJudgement } from "../controls/judged.ts";
import { DataError } from "../errors.ts";
import { packageRoot } from "../package-root.ts";
import { measuredFacts, measureEntries } from "../practices/measures.ts";
import { practiceEntries } from "../practices/practices.ts";
import { affectedBy, inOrder, neededFor, type OrderedQueries } from "./dependencies.ts";
import type { Warehouse } from "./open.ts";
import { LAYERS, overlay, placeOf, readQueryFiles, type Layer, type QueryFile } from "./query-file.ts";
import { inTransaction } from "./store.ts";

export interface ModelInput {
  /** The configuration as staging unpacks it, secrets left out. */
  readonly document: { readonly controls: SettingsInForce };
  /** `getvariable` name -> value. */
  readonly variables: Readonly<Record<string, DuckDBValue>>;
  /** The user's own queries folder; need not exist. */
  readonly localQueries?: string;
  /** The user's own folder of frameworks; need not exist. */
  readonly localFrameworks?: string;
  /** Digest of the archives that what was disposed of is read from; left out where nothing was. */
  readonly archives?: string;
  /** Leaves these layers out, where nobody reads them. */
  readonly without?: readonly Layer[];
  /** Makes these relations and what they are made from, and no others. */
  readonly only?: readonly string[];
}

export interface ModelBuild {
  readonly relations: number;
  readonly isRebuilt: boolean;
}

/** What staging reads times and numbers of records with. */
const READABLE = readFileSync(join(packageRoot, "src/warehouse/sql/readable.sql"), "utf8");

const PRODUCT_QUERIES = join(packageRoot, "queries");

/** Every query in force: the product's files and, over them, the user's; and what is made of them. */
export function queryFiles(localQueries?: string, without: readonly Layer[] = []): QueryFile[] {
  return withMade(withoutMade(localQueries, without));
}

const withMade = (files: readonly QueryFile[]) => [...files, judged(files), measuredFacts(files)];

/** They do not change while a process runs, and there are many. */
let productFiles: readonly QueryFile[] | undefined;

/** Practices are measured of everything below: without a part of that they are left out too. */
const leftOut = (without: readonly Layer[]): readonly Layer[] =>
  LAYERS.slice(0, LAYERS.indexOf("practices")).some((layer) => without.includes(layer)) ? [...without, "practices"] : without;

function withoutMade(localQueries: string | undefined, asked: readonly Layer[]): QueryFile[] {
  const without = leftOut(asked);
  productFiles ??= readQueryFiles(PRODUCT_QUERIES, { isLocal: false }).map(withJudgement);
  const product = productFiles.filter(({ layer }) => !without.includes(layer));
  if (localQueries === undefined || !isUsersOwn(localQueries)) return product;
  return overlay(product, readQueryFiles(localQueries, { isLocal: true, without }).map(withJudgement));
}

/** Who keeps quarterdeck.yaml in a clone of Quarterdeck has the product's queries beside it, and none of his own. */
const isUsersOwn = (folder: string, product = PRODUCT_QUERIES) => existsSync(folder) && !isSame(folder, product);

const isSame = (folder: string, product: string) => existsSync(folder) && realpathSync(folder) === realpathSync(product);

/** Whether a folder is where the product keeps its queries, which is no place for anybody's own. */
export const isProducts = (queries: string): boolean => isSame(queries, PRODUCT_QUERIES);

let supplied: readonly Framework[] | undefined;

function frameworksOf({ localFrameworks }: ModelInput): readonly Framework[] {
  if (localFrameworks !== undefined && isUsersOwn(localFrameworks, join(packageRoot, "frameworks"))) return readFrameworks(localFrameworks);
  return (supplied ??= readFrameworks());
}

/**
 * Rebuilds all tables of the model from raw data in one transaction: when a query fails, the tables stay
 * as they were. Does nothing when data, configuration, parameters and queries are those of the last build.
 * @throws {DataError} naming the query file that failed
 */
export async function buildModel(warehouse: Warehouse, input: ModelInput): Promise<ModelBuild> {
  const files = await filesOf(warehouse, input);
  const fingerprint = await fingerprintOf(warehouse, input, files);
  await setVariables(warehouse, input.variables);
  if (await isCurrent(warehouse, fingerprint)) return { relations: files.length, isRebuilt: false };
  const ordered = await inOrder(warehouse, files);
  await inTransaction(warehouse, async () => {
    await warehouse.run("delete from raw.configuration");
    await warehouse.run("insert into raw.configuration values (?)", [documentText(input.document)]);
    await dropModel(warehouse);
    await recordQueries(warehouse, ordered);
    await recordCatalogue(warehouse, files, input);
    for (const file of ordered.files) await materialise(warehouse, file, ordered);
    await recordBuild(warehouse, fingerprint);
  });
  return { relations: files.length, isRebuilt: true };
}

async function filesOf(warehouse: Warehouse, { localQueries, without, only, document }: ModelInput): Promise<QueryFile[]> {
  const enabled = enabledFiles(withoutMade(localQueries, without ?? []), document.controls);
  const files = withMade(enabled);
  if (!only) return files;
  const needed = neededFor(only, await inOrder(warehouse, files));
  return files.filter(({ relation }) => needed.has(relation));
}

/** As people read it and packs carry it: the digest of the configuration is that of this text. */
const documentText = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

/** SHA-256 of the configuration, as packs print it. */
export const configurationDigest = (document: object): string =>
  createHash("sha256").update(documentText(document)).digest("hex");

/** Sets the parameters of queries. To be called on every connection that runs them. */
export async function setVariables(
  warehouse: Warehouse,
  variables: Readonly<Record<string, DuckDBValue | readonly string[]>>,
): Promise<void> {
  for (const [name, value] of Object.entries(variables)) {
    if (isList(value)) await warehouse.run(`set variable ${name} = from_json(?::json, '["VARCHAR"]')`, [JSON.stringify(value)]);
    else await warehouse.run(`set variable ${name} = ?${typeof value === "bigint" ? "::bigint" : name === "as_of" ? "::timestamptz" : ""}`, [value]);
  }
}

const isList = (value: DuckDBValue | readonly string[]): value is readonly string[] => Array.isArray(value);

async function materialise(warehouse: Warehouse, query: QueryFile, ordered: OrderedQueries): Promise<void> {
  try {
    await warehouse.run(`create ${query.header.view ? "view" : "table"} ${query.relation} as ${query.runs ?? query.sql}`);
  } catch (error) {
    throw queryError(error, query, ordered);
  }
}

/** What DuckDB says of a query, with the line of its file; and whose files it builds on, which may be the reason. */
function queryError(error: unknown, query: QueryFile, { files, reads }: OrderedQueries): DataError {
  const message = error instanceof Error ? error.message : String(error);
  const line = /^LINE (\d+):/m.exec(message)?.[1];
  const said = (message.split(/\n\s*\n(?=LINE )/)[0] ?? "").replace(/^[A-Z][\w ]* Error: /, "").trim().replaceAll(/\s*\n\s*/g, " ");
  const local = files.filter(({ relation, isLocal }) => isLocal && reads.get(query.relation)?.includes(relation));
  const note = local.length === 0 ? "" : `; it reads ${local.map((file) => `${file.relation}, made by ${placeOf(file)}`).join(", and ")}`;
  return new DataError(`${placeOf(query, line === undefined ? undefined : Number(line))}: ${said}${note}`, { cause: error });
}

/** All queries that the configuration leaves in force, and all parameters that they ask for. */
export function inForce(input: ModelInput): { files: QueryFile[]; settings: Readonly<Record<string, DuckDBValue | readonly string[]>> } {
  const files = withMade(enabledFiles(withoutMade(input.localQueries, []), input.document.controls));
  const { variables } = catalogueOf(files, input.document.controls, frameworksOf(input));
  return { files, settings: { ...input.variables, ...variables } };
}

/** Parameters of controls are asked for by controls only, so that they need not be set on other connections. */
async function recordCatalogue(warehouse: Warehouse, files: readonly QueryFile[], input: ModelInput): Promise<void> {
  const catalogue = catalogueOf(files, input.document.controls, frameworksOf(input));
  await warehouse.run("delete from raw.control_catalogue");
  await warehouse.run("insert into raw.control_catalogue values (?)", [
    JSON.stringify({ ...catalogue.document, measures: measureEntries(files), practices: practiceEntries() }),
  ]);
  await setVariables(warehouse, catalogue.variables);
}

async function dropModel(warehouse: Warehouse): Promise<void> {
  for (const layer of LAYERS) {
    await warehouse.run(`drop schema if exists ${layer} cascade`);
    await warehouse.run(`create schema ${layer}`);
  }
  await warehouse.run(READABLE);
}

async function fingerprintOf(
  warehouse: Warehouse,
  input: ModelInput,
  files: readonly QueryFile[],
): Promise<string> {
  const [state] = await warehouse.rows<{ head: string }>(
    `select concat_ws(' ',
       (select max(batch_id) from raw.batch), (select max(run_id) from raw.run),
       (select max_by(chain_sha256, batch_id) from raw.batch)) as head`,
  );
  const parts = [
    state?.head,
    input.document,
    frameworksOf(input),
    practiceEntries(),
    Object.entries(input.variables).map(([name, value]) => [name, String(value)]),
    files.map(({ relation, sha256 }) => [relation, sha256]),
    ...(input.archives === undefined ? [] : [input.archives]),
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** Whether the tables of the model are those that `buildModel` would make of `input`. */
export async function isModelCurrent(warehouse: Warehouse, input: ModelInput): Promise<boolean> {
  const files = await filesOf(warehouse, input);
  return isCurrent(warehouse, await fingerprintOf(warehouse, input, files));
}

async function isCurrent(warehouse: Warehouse, fingerprint: string): Promise<boolean> {
  const builds = await warehouse.rows("select 1 from raw.model_build where fingerprint = ?", [fingerprint]);
  return builds.length > 0;
}

const QUERY_ROW =
  '[{"relation":"VARCHAR","file":"VARCHAR","sha256":"VARCHAR","version":"VARCHAR","is_local":"BOOLEAN","affects":["VARCHAR"],"variables":["VARCHAR"],"reason":"VARCHAR","by":"VARCHAR","at":"DATE"}]';

/** Parameters that a query asks for: they tell which keys of the configuration have a part in it. */
const variablesIn = (sql: string): string[] =>
  [...new Set([...sql.matchAll(/getvariable\('([a-z_]+)'\)/g)].map(([, name]) => name ?? ""))].sort();

/** In one statement: there are many, and every model has them. */
async function recordQueries(warehouse: Warehouse, ordered: OrderedQueries): Promise<void> {
  const rows = ordered.files.map(({ relation, file, sha256, isLocal, sql, header: { version, reason, by, at } }) => ({
    ...{ relation, file, sha256, is_local: isLocal, affects: affectedBy(relation, ordered), variables: variablesIn(sql) },
    ...{ version, reason, by, at },
  }));
  await warehouse.run("delete from raw.query");
  await warehouse.run(
    `insert into raw.query by position
     select row.relation, row.file, row.sha256, row.version, row.is_local, row.affects, row.variables, row.reason, row."by", row."at"
     from (select unnest(from_json(?::json, '${QUERY_ROW}')) as row)`,
    [JSON.stringify(rows)],
  );
}

async function recordBuild(warehouse: Warehouse, fingerprint: string): Promise<void> {
  await warehouse.run("delete from raw.model_build");
  await warehouse.run(
    `insert into raw.model_build
     select ?, getvariable('as_of'), (select max(run_id) from raw.run where status <> 'running')`,
    [fingerprint],
  );
}
