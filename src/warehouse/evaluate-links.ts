import type { DuckDBValue } from "@duckdb/node-api";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.ts";
import { inOrder, neededFor } from "./dependencies.ts";
import { queryFiles, setVariables } from "./model.ts";
import { openWarehouse, type Warehouse } from "./open.ts";
import type { Row } from "./rows.ts";

export interface LabelledRow {
  readonly line: number;
  readonly incident: string;
  /** Empty = no change caused it. */
  readonly deployment: string;
}

export interface LinkEvaluation {
  readonly quality: Row<"correlation.link_quality">;
  readonly calibration: readonly Row<"correlation.link_calibration">[];
  readonly curve: readonly Row<"correlation.link_curve">[];
  /** Rows that name what is not known; they are left out with the whole incident. */
  readonly unknown: readonly { readonly line: number; readonly reason: string }[];
}

interface Resolved {
  readonly line: number;
  readonly incident_id: string | null;
  readonly wave_id: string | null;
  readonly reason: string | null;
}

const RESOLVE = join(packageRoot, "src/warehouse/sql/labelled_links.sql");
const GIVEN = ["correlation.labelled_link", "correlation.link_prediction"];
const ASKED = ["correlation.link_quality", "correlation.link_calibration"];

/** Holds the predictions of `warehouse` against known causes, with the queries of the product. */
export async function evaluateLinks(
  warehouse: Warehouse,
  labelled: readonly LabelledRow[],
  variables: Readonly<Record<string, DuckDBValue>>,
): Promise<LinkEvaluation> {
  const resolved = await warehouse.rows<Resolved>(readFileSync(RESOLVE, "utf8"), [JSON.stringify(labelled)]);
  const bad = new Set(resolved.flatMap(({ incident_id, reason }) => (reason === null ? [] : [incident_id])));
  const truth = resolved.filter(({ incident_id }) => !bad.has(incident_id));
  const predictions = await warehouse.rows(
    "select * from correlation.link_prediction where list_contains(from_json($1, '[\"VARCHAR\"]'), incident_id) order by incident_id, position",
    [JSON.stringify(truth.map(({ incident_id }) => incident_id))],
  );
  const unknown = resolved.flatMap(({ line, reason }) => (reason === null ? [] : [{ line, reason }]));
  return { ...(await held(truth, predictions, variables)), unknown };
}

/** In a database of its own: that of the organisation is only read. */
async function held(
  truth: readonly object[],
  predictions: readonly object[],
  variables: Readonly<Record<string, DuckDBValue>>,
) {
  const scratch = await openWarehouse(":memory:", { mode: "write" });
  try {
    await setVariables(scratch, variables);
    await scratch.run("create schema correlation");
    await scratch.run(
      `create table correlation.labelled_link as
       select distinct x.* from (select unnest(from_json($1, '[{"incident_id":"VARCHAR","wave_id":"VARCHAR"}]')) as x)`,
      [JSON.stringify(truth)],
    );
    await scratch.run(
      `create table correlation.link_prediction as
       select x.* from (select unnest(from_json($1, '[{"incident_id":"VARCHAR","wave_id":"VARCHAR","class":"VARCHAR","confidence":"DOUBLE","is_stated":"BOOLEAN","position":"BIGINT"}]')) as x)`,
      [JSON.stringify(predictions)],
    );
    await compute(scratch);
    const [quality] = await scratch.rows<LinkEvaluation["quality"]>("from correlation.link_quality");
    if (quality === undefined) throw new Error("correlation.link_quality has no row");
    return {
      quality,
      calibration: await scratch.rows<Row<"correlation.link_calibration">>(
        "from correlation.link_calibration order by rowid",
      ),
      curve: await scratch.rows<Row<"correlation.link_curve">>("from correlation.link_curve order by rowid"),
    };
  } finally {
    scratch.close();
  }
}

async function compute(scratch: Warehouse): Promise<void> {
  const ordered = await inOrder(scratch, queryFiles());
  const reads = new Map(
    [...ordered.reads].map(([relation, tables]) => [relation, GIVEN.includes(relation) ? [] : tables]),
  );
  const needed = neededFor(ASKED, { ...ordered, reads });
  for (const { relation, sql } of ordered.files) {
    if (needed.has(relation) && !GIVEN.includes(relation))
      await scratch.run(`create table ${relation} as ${sql}`);
  }
}
