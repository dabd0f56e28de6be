import { UsageError } from "../../src/errors.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { makeOwnTables, ownQueries } from "../own-queries.ts";
import type { SampleData } from "./data.ts";
import { setSample, type SampleRequest } from "./parameters.ts";

/**
 * Draws the sample from the deployments of the period, whose tables have to be there.
 * @throws {UsageError} naming the ids that mean no production deployment of the period
 */
export async function readSample(warehouse: Warehouse, request: SampleRequest): Promise<SampleData> {
  await setSample(warehouse, request);
  await makeOwnTables(warehouse, [ownQueries("sampling")]);
  await refuseUnknownIds(warehouse);
  const all = <Row extends object>(relation: string) =>
    warehouse.rows<Row>(`select * from ${relation} order by rowid`);
  return {
    request,
    rows: await all("sample"),
    strata: await all("sample_stratum"),
    units: await all("sample_unit"),
  };
}

const MOST_NAMED = 10;

async function refuseUnknownIds(warehouse: Warehouse): Promise<void> {
  const rows = await warehouse.rows<{ asked: string }>(
    "select asked from sample_choice where unit is null order by turn",
  );
  if (rows.length === 0) return;
  const named = rows.slice(0, MOST_NAMED).map(({ asked }) => JSON.stringify(asked));
  const more = rows.length > named.length ? ` and ${rows.length - named.length} more` : "";
  throw new UsageError(
    `--ids: no production deployment of the period, nor a change request that one of them goes by, is ${named.join(", ")}${more}; tables/deployments.csv of the pack without --ids lists them`,
  );
}
