import type { Warehouse } from "../../src/warehouse/open.ts";
import { releasesOf, type PackScope } from "./scope.ts";
import { rowsOf } from "./rows.ts";
import { sqlOf } from "./sql.ts";

/** Source -> stream -> keys of the records that the results of a scope, and the tables of releases, name. */
export async function citedRecords(
  warehouse: Warehouse,
  scope: PackScope,
): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>> {
  const ids = [
    ...new Set([...(await idsOfResults(warehouse)), ...(await idsOfTables(warehouse, scope))]),
  ].sort();
  const rows = await warehouse.rows<{ source: string; stream: string; key: string }>(sqlOf("cited_record"), [
    JSON.stringify(ids),
  ]);
  const sources = new Map<string, Map<string, string[]>>();
  for (const { source, stream, key } of rows) {
    const streams = sources.get(source) ?? new Map<string, string[]>();
    sources.set(source, streams.set(stream, [...(streams.get(stream) ?? []), key]));
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
