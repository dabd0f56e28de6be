import { existsSync } from "node:fs";
import { databaseOf, localQueriesOf, planOf } from "../cli/session.ts";
import { lineToAdd } from "../config/line-to-add.ts";
import type { LoadedConfig } from "../config/load.ts";
import { KnownError } from "../errors.ts";
import { openMirror } from "../warehouse/mirror.ts";
import { buildModel, setVariables } from "../warehouse/model.ts";
import type { Warehouse } from "../warehouse/open.ts";
import type { Row } from "../warehouse/rows.ts";
import { type Finding, inSection } from "./finding.ts";

const { ok, warning, problem } = inSection("mapping");

type GapRow = Row<"reports.mapping_gap", "add_to" | "add_path" | "add_value">;

/**
 * What the data names and the configuration does not, under the configuration as it is now. Where the database holds figures of
 * another one, they are computed aside, in memory, so that nothing is written.
 */
export async function mappingFindings(
  warehouse: Warehouse | undefined,
  loaded: LoadedConfig,
  asOf: string | undefined,
): Promise<Finding[]> {
  if (!warehouse) {
    const remedy = existsSync(databaseOf(loaded)) ? "mend the database as said above" : "quarterdeck collect";
    return [warning("data", "nothing to compare with the configuration", `${remedy}, then ask again`)];
  }
  try {
    const findings = (await gapsOf(warehouse, loaded, asOf)).map(gapFinding);
    return findings.length === 0 ? [ok("data", "everything that it names is known")] : findings;
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    return [problem("data", error.message, "mend that and ask again")];
  }
}

async function gapsOf(
  warehouse: Warehouse,
  loaded: LoadedConfig,
  asOf: string | undefined,
): Promise<GapRow[]> {
  const plan = await planOf(warehouse, loaded, localQueriesOf(loaded), asOf);
  if (plan.isCurrent) return read(warehouse);
  const mirror = await openMirror(warehouse.path, loaded.config.database_memory);
  try {
    await setVariables(mirror, plan.input.variables);
    await buildModel(mirror, plan.input);
    return await read(mirror);
  } finally {
    mirror.close();
  }
}

const read = (warehouse: Warehouse) => warehouse.rows<GapRow>("from reports.mapping_gap order by rowid");

function gapFinding(gap: GapRow): Finding {
  const { kind, severity, subject, rows, effect, remedy } = gap;
  const line = lineToAdd(gap);
  const finding: Finding = {
    section: "mapping",
    status: severity === "problem" ? "problem" : severity === "warning" ? "warning" : "ok",
    subject: `${kind}: ${subject}`,
    message: rows > 0 ? `${rows} ${rows === 1 ? "record" : "records"}. ${effect}` : effect,
    remedy,
  };
  return line === null ? finding : { ...finding, lineToAdd: line };
}
