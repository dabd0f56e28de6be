import type { Warehouse } from "../../warehouse/open.ts";
import type { FoundRecord } from "../../warehouse/records.ts";

/** A row as its source handed it on: when, in which batch, and the hash by which it is known. */
export interface CollectedRow {
  readonly id: string;
  readonly source: string;
  readonly stream: string;
  readonly key: string;
  readonly fetched_at: string;
  readonly batch_id: number;
  readonly sha256: string;
}

const LONGEST = 3;

/** The newest collected rows that name a record by its id at its source: of its own kind where there are such, else of any. */
export function collectedRows(warehouse: Warehouse, records: readonly FoundRecord[]): Promise<CollectedRow[]> {
  return warehouse.rows<CollectedRow>(
    `with asked as (
       select distinct unnest(from_json(?::json, '[{"id":"VARCHAR","entity":"VARCHAR","source":"VARCHAR","name":"VARCHAR","attempt":"VARCHAR","repository":"VARCHAR"}]'), recursive := true)
     ),
     stored as (
       select
         source, stream, key, version, fetched_at, batch_id, sha256, is_deleted,
         payload ->> '$.attempt' as attempt,
         payload ->> '$.repository' as repository,
         unnest(list_distinct(list_filter(
           list_concat(
             case when key like '[%' and json_valid(key) then from_json(key, '["VARCHAR"]') else [key, split_part(key, '@', -1)] end,
             payload ->> ['$.id', '$.number', '$.iid', '$.key', '$.sha']
           ),
           lambda name: name is not null
         ))) as name
       from raw.kept
       where source in (select source from asked)
     ),
     matched as (
       select
         a.id, s.source, s.stream, s.key, s.fetched_at, s.batch_id, s.sha256, s.is_deleted,
         s.stream = a.entity as is_own_kind,
         row_number() over (partition by a.id, s.source, s.stream, s.key order by s.version desc) as recency
       from asked as a
       join stored as s on s.source = a.source and s.name = a.name
       where coalesce(s.attempt = a.attempt, true) and coalesce(s.repository = a.repository, true)
     ),
     chosen as (
       select
         id, source, stream, key, fetched_at, batch_id, sha256, is_own_kind,
         bool_or(is_own_kind) over (partition by id) as has_own_kind,
         row_number() over (partition by id order by is_own_kind desc, stream, key) as position
       from matched
       where recency = 1 and not is_deleted
     )
     select id, source, stream, key, fetched_at, batch_id, sha256
     from chosen
     where position <= ${LONGEST} and is_own_kind = has_own_kind
     order by id, position`,
    [JSON.stringify(records.map(asked))],
  );
}

function asked({ entity, id, record }: FoundRecord) {
  const text = (name: string) => {
    const value = record[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : null;
  };
  const at = id.indexOf(":");
  return {
    id,
    entity,
    source: text("source") ?? id.slice(0, Math.max(at, 0)),
    name: text("native_id") ?? id.slice(at + 1),
    attempt: text("attempt"),
    repository: text("repository"),
  };
}
