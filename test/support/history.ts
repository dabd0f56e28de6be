import type { z } from "zod";
import { entities, type EntityName } from "../../collectors/files/entities.ts";
import type { Json } from "../../collectors/contract.ts";
import { configDocument } from "../../src/config/document.ts";
import { configSchema } from "../../src/config/schema.ts";
import { buildModel, queryFiles, setVariables, type ModelInput } from "../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open.ts";
import { queryParameters } from "../../src/warehouse/parameters.ts";
import { LAYERS } from "../../src/warehouse/query-file.ts";
import { storePage } from "../../src/warehouse/store.ts";
import { withIdleStaging } from "./idle-staging.ts";

/** Rows of an entity as text: a header line and one line a row, columns separated by `|`; empty = missing. */
export type Table = string;

interface Complete {
  readonly entity: EntityName;
  readonly services: string[];
}

export interface History {
  /** Keys of quarterdeck.yaml that differ from the default: one service `api`, one environment `production`. */
  readonly config?: Partial<z.input<typeof configSchema>>;
  readonly asOf: string;
  /** Kinds of record that the source is complete for, from the beginning until as-of; of all services or of some. */
  readonly complete?: readonly (EntityName | Complete)[];
  /** When the source was last collected; default as-of. */
  readonly collectedAt?: string;
  /** Entity -> its rows. Rows of one entity may be split: each part is a collection run of its own. */
  readonly data: Partial<Record<EntityName, Table | readonly Table[]>>;
  /** All of the model at once; left out = what the test asks for when it asks, with a file or queries of its own all. */
  readonly whole?: boolean;
  /** Of a whole model, which controls are asked: all take longer than everything else. Default none. */
  readonly controls?: readonly string[];
  /** Of a whole model, these relations and what they are made from only. */
  readonly only?: readonly string[];
  /** Where the database is kept, for tests that open it again; default in memory. */
  readonly path?: string;
  /** A folder of the organisation's own queries. */
  readonly localQueries?: string;
}

const SOURCE = "data";

/** A database with the history stored through the real store, and its model built. */
export async function given(history: History): Promise<Warehouse> {
  // One thread each: test files already run side by side.
  const opened = await openWarehouse(history.path ?? ":memory:", { mode: "write", threads: 1 });
  const warehouse = history.config?.sources === undefined ? withIdleStaging(opened) : opened;
  const isWhole = isWholeOf(history);
  if (isWhole) await goOn(warehouse, history);
  else await stored(warehouse, history);
  return isWhole ? warehouse : builtWhenAsked(warehouse, modelInput(history));
}

const isWholeOf = ({ whole, path, localQueries }: History) => whole ?? (path !== undefined || localQueries !== undefined);

/** Switches off all controls but those named. */
export function onlyControls(asked: readonly string[]): Record<string, { enabled: false }> {
  const all = queryFiles().flatMap(({ header }) => header.control ?? []);
  return Object.fromEntries(all.filter((control) => !asked.includes(control)).map((control) => [control, { enabled: false }]));
}

/** Collects more into the same database and builds its model anew, whole. */
export async function goOn(warehouse: Warehouse, history: History): Promise<void> {
  await stored(warehouse, history);
  await buildModel(warehouse, modelInput(history));
}

async function stored(warehouse: Warehouse, history: History): Promise<void> {
  const collectedAt = new Date(history.collectedAt ?? history.asOf);
  const [last] = await warehouse.rows<{ run: number }>("select coalesce(max(run_id), 0) as run from raw.run");
  let runId = last?.run ?? 0;
  for (const [entity, tables] of Object.entries(history.data)) {
    for (const table of typeof tables === "string" ? [tables] : tables) {
      runId += 1;
      await storeRun(warehouse, runId, entity as EntityName, table, collectedAt);
    }
  }
  if (Object.keys(history.data).length === 0)
    await recordRun(warehouse, runId + 1, "deployment", collectedAt);
}

const RELATION = new RegExp(`\\b(?:${LAYERS.join("|")})\\.[a-z]\\w*`, "g");

/** Most tests ask for one or two relations: what those are not made from is not made. */
async function builtWhenAsked(warehouse: Warehouse, input: ModelInput): Promise<Warehouse> {
  const asked = new Set<string>();
  let built: Promise<unknown> = setVariables(warehouse, input.variables);
  const made = (sql: string) => {
    const relations = sql.match(RELATION) ?? [];
    // One after the other: questions may be asked side by side.
    built = built.then(async () => {
      if (await areMade(warehouse, relations)) return;
      relations.forEach((relation) => asked.add(relation));
      await buildModel(warehouse, { ...input, only: [...asked] });
    });
    return built;
  };
  await built;
  return {
    ...warehouse,
    rows: (sql, parameters) => made(sql).then(() => warehouse.rows(sql, parameters)),
    table: (sql) => made(sql).then(() => warehouse.table(sql)),
  };
}

async function areMade(warehouse: Warehouse, relations: readonly string[]): Promise<boolean> {
  if (relations.length === 0) return true;
  const missing = await warehouse.rows(
    `select relation from (select unnest(from_json(?::json, '["VARCHAR"]')) as relation)
     where relation not in (select table_schema || '.' || table_name from information_schema.tables)`,
    [JSON.stringify(relations)],
  );
  return missing.length === 0;
}

/** What the model of a history is built from. */
export function modelInput(history: History): ModelInput {
  const config = configSchema.parse({
    organisation: "Test",
    services: { api: { repository: "api" } },
    ...history.config,
    controls: { ...(isWholeOf(history) ? onlyControls(history.controls ?? []) : {}), ...history.config?.controls },
    sources: {
      [SOURCE]: {
        collector: "files",
        files: [{ path: "none", entity: "deployment" }],
        complete: (history.complete ?? []).map((kind) => ({
          ...(typeof kind === "string" ? { entity: kind } : kind),
          asserted_by: "test",
        })),
      },
      ...history.config?.sources,
    },
  });
  return {
    document: configDocument(config),
    variables: queryParameters(config, history.asOf),
    ...(history.localQueries === undefined ? {} : { localQueries: history.localQueries }),
    ...(history.only === undefined ? {} : { only: history.only }),
  };
}

async function storeRun(warehouse: Warehouse, runId: number, entity: EntityName, table: Table, at: Date) {
  await recordRun(warehouse, runId, entity, at);
  const records = rowsOf(entity, table).map((payload) => ({
    key: JSON.stringify(entities[entity].key.map((column) => payload[column] ?? null)),
    payload: payload,
  }));
  await storePage(
    warehouse,
    { source: SOURCE, stream: entity, runId, fetchedAt: at },
    { records, cursor: runId },
  );
}

async function recordRun(warehouse: Warehouse, runId: number, entity: string, at: Date) {
  const instant = at.toISOString();
  await warehouse.run("insert into raw.run values (?, ?, ?, 'completed', 'test')", [runId, instant, instant]);
  await warehouse.run(
    "insert into raw.source_run values (?, ?, ?, ?, ?, 'completed', 1, 0, 0, 0, 0, null, null)",
    [runId, SOURCE, entity, instant, instant],
  );
}

/** @throws for a column that the entity does not have, so that a test cannot misspell one in silence */
export function rowsOf(entity: EntityName, table: Table): Record<string, Json>[] {
  const [head, ...lines] = table
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
  const columns: Record<string, { type: string }> = entities[entity].columns;
  return lines.map((cells) => {
    const filled = (head ?? [])
      .map((column, index) => [column, cells[index] ?? ""] as const)
      .filter(([, cell]) => cell !== "");
    return Object.fromEntries(
      filled.map(([column, cell]) => [column, typed(entity, column, columns[column]?.type, cell)]),
    );
  });
}

function typed(entity: string, column: string, type: string | undefined, cell: string): Json {
  switch (type) {
    case undefined:
      throw new Error(`${entity} has no column ${column}`);
    case "integer":
    case "number":
      return Number(cell);
    case "boolean":
      return cell === "true";
    case "json":
      return JSON.parse(cell) as Json;
    case "list":
      return cell.split(";").map((item) => item.trim());
    default:
      return cell;
  }
}

export interface MetricRow {
  readonly metric: string;
  readonly basis: string;
  readonly is_headline: boolean;
  readonly period_label: string;
  readonly is_partial: boolean;
  readonly value: number | null;
  readonly n: number;
  readonly p75: number | null;
  readonly p90: number | null;
  readonly interval_low: number | null;
  readonly interval_high: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly pending: number;
  readonly pending_failed: number;
  readonly unknown: number;
  readonly unknown_failed: number;
  readonly changes: number | null;
  readonly status: string;
  readonly reason: string;
  readonly previous_value: number | null;
  readonly previous_n: number | null;
  readonly release_trains: number | null;
  readonly with_fix: number | null;
  readonly rejected: number | null;
}

export interface MetricQuestion {
  readonly scope?: string;
  readonly scopeKind?: "service" | "team" | "organisation";
  readonly by?: "all" | "week" | "month" | "quarter" | "year" | "rolling";
  readonly basis?: string;
}

/** The rows of a metric for one scope (default: the service `api`), in order of period. */
export function metricRows(
  warehouse: Warehouse,
  metric: string,
  question: MetricQuestion = {},
): Promise<MetricRow[]> {
  const { scope = "api", scopeKind = "service", by = "all", basis } = question;
  return warehouse.rows<MetricRow>(
    `select * from metrics.metric
     where metric = ? and scope_kind = ? and scope = ? and period_kind = ? and (basis = ? or (? = '' and is_headline))
     order by period_start`,
    [metric, scopeKind, scope, by, basis ?? "", basis ?? ""],
  );
}

/** The row of a metric over the whole history. */
export async function metric(
  warehouse: Warehouse,
  name: string,
  question: MetricQuestion = {},
): Promise<MetricRow> {
  const [row] = await metricRows(warehouse, name, question);
  if (row === undefined) throw new Error(`no row of ${name} for ${JSON.stringify(question)}`);
  return row;
}
