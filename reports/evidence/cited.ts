import type { Warehouse } from "../../src/warehouse/open.ts";
import { releasesOf, type PackScope } from "./scope.ts";
import { rowsOf } from "./rows.ts";
import { sqlOf } from "./sql.ts";

/** Source -> stream -> keys. */
type RecordKeys = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/**
 * The records that the results of a scope follow from, and those that they and the tables of releases name. Makes `closed_record`;
 * `makeResults` has made what it reads.
 */
export async function closedRecords(warehouse: Warehouse, scope: PackScope): Promise<RecordKeys> {
  const ids = [
    ...new Set([...(await idsOfResults(warehouse)), ...(await idsOfTables(warehouse, scope))]),
  ].sort();
  await warehouse.run(sqlOf("closed_record"));
  await warehouse.run(
    `insert into closed_record select source, stream, key from (${sqlOf("cited_record")}) except select source, stream, key from closed_record`,
    [JSON.stringify(ids)],
  );
  const rows = await warehouse.rows<{ source: string; stream: string; key: string }>(
    "select source, stream, key from closed_record order by source, stream, key",
  );
  const sources = new Map<string, Map<string, string[]>>();
  for (const { source, stream, key } of rows) {
    const streams = sources.get(source) ?? new Map<string, string[]>();
    const keys = streams.get(stream) ?? [];
    keys.push(key);
    sources.set(source, streams.set(stream, keys));
  }
  return sources;
}

async function idsOfResults(warehouse: Warehouse): Promise<string[]> {
  const ids: string[] = [];
  for await (const rows of rowsOf<{ unit: string; evidence: string[]; exemptions: string[] }>(
    warehouse,
    "select unit, evidence, exemptions from pack_result",
  )) {
    for (const { unit, evidence, exemptions } of rows) ids.push(unit, ...evidence, ...exemptions);
  }
  return ids;
}

async function idsOfTables(warehouse: Warehouse, scope: PackScope): Promise<string[]> {
  const ids: string[] = [];
  for (const { service, version } of releasesOf(scope)) {
    const rows = await warehouse.rows<{ id: string | null }>(sqlOf("release_cited"), [service, version]);
    ids.push(...rows.flatMap(({ id }) => id ?? []));
  }
  return ids;
}
