import { didYouMean } from "../../src/config/suggest.ts";
import { UsageError } from "../../src/errors.ts";
import { retrospectivesOf } from "../../src/site/read-retrospectives.ts";
import type { Retrospective } from "../../src/site/retrospective-rows.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { packQueries } from "../pack-queries.ts";
import { readProvenance } from "../release/read.ts";
import type { RetrospectivePackData } from "./data.ts";

const RELATIONS = [
  "reports.retrospective_quarter",
  "reports.retrospective_metric",
  "reports.retrospective_stage",
  "reports.retrospective_event",
  "reports.retrospective_change",
  "reports.retrospective_failure",
  "reports.retrospective_incident",
  "reports.retrospective_control",
  "reports.retrospective_pattern",
  "reports.retrospective_tested",
  "reports.retrospective_action",
  "reports.retrospective_decision",
  "reports.retrospective_slow_stage",
  "reports.retrospective_takeover",
  "reports.retrospective_premortem",
  "reports.retrospective_pain",
  "reports.what_if",
];

/**
 * Reads the retrospective of a team and quarter; without a quarter that of the newest.
 * @throws {UsageError} for a team or quarter that there is nothing to look back on of
 */
export async function readRetrospective(
  warehouse: Warehouse,
  team: string,
  quarter: string | undefined,
  localQueries?: string,
): Promise<RetrospectivePackData> {
  const found = await chosen(warehouse, team, quarter?.toUpperCase());
  const queries = await packQueries(warehouse, RELATIONS, localQueries);
  return {
    found,
    provenance: await readProvenance(warehouse),
    queries: queries.filter(({ relation }) => RELATIONS.includes(relation)),
    localRules: queries.filter(({ isLocal }) => isLocal),
    collectionLog: await warehouse.rows("select * from reports.collection_log order by rowid"),
  };
}

async function chosen(warehouse: Warehouse, team: string, quarter: string | undefined): Promise<Retrospective> {
  const teams = await warehouse.rows<{ team: string }>("select team from model.team order by team");
  const names = teams.map((row) => row.team);
  if (!names.includes(team))
    throw new UsageError(`pack retrospective: no team ${JSON.stringify(team)} is known${didYouMean(team, names)}`);
  const quarters = await retrospectivesOf(warehouse, team);
  const found = quarter === undefined ? [...quarters.values()][0] : quarters.get(quarter);
  if (found !== undefined) return found;
  const known = [...quarters.keys()].join(", ");
  throw new UsageError(
    known === ""
      ? `pack retrospective: no quarter is over in which ${JSON.stringify(team)} deployed, changed or repaired something`
      : `pack retrospective: of ${JSON.stringify(team)} there are ${known}, found ${JSON.stringify(quarter)}; older quarters are there with --as-of an earlier day, the present one when it is over`,
  );
}
