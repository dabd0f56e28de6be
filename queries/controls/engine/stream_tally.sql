/*
title: What streams hold and what their sources say they have
grain: one row per source of quarterdeck.yaml and stream that was ever asked for
description: >
  `records` are those that the source still has, `known` these and what was disposed of, whose hash is kept, `declared_total` what it said at its last complete reading (null = it says nothing), `rejected` the rows that could not be read, `is_read` whether
  it was ever read to its end.
*/
with asked as (
  select source, stream, bool_or(status = 'completed') as is_read
  from raw.source_run
  group by source, stream
),
declared as (
  select source, stream, declared_total, row_number() over (partition by source, stream order by run_id desc, started_at desc) as choice
  from raw.source_run
  where status = 'completed' and declared_total is not null
),
-- What raw.current and raw.known hold, counted without an order of versions: most keys have one.
-- Asked one by one, so that the database passes over the blocks of records in which there is none: there it need not read what was collected.
renewed as (
  select source, stream, key
  from raw.record
  where version > 1
  union
  select source, stream, key
  from raw.record
  where is_deleted
  union
  select source, stream, key
  from raw.record
  where payload is null
),
newest as (
  select
    r.source,
    r.stream,
    r.key,
    arg_max(r.is_deleted, r.version) as is_deleted,
    arg_max(r.payload is not null, r.version) as is_there,
    arg_max(e.source is not null and r.payload is null, r.version) as is_erased
  from raw.kept as r
  join renewed as n on n.source = r.source and n.stream = r.stream and n.key = r.key
  left join raw.erasure as e on e.source = r.source and e.stream = r.stream and e.key = r.key and e.version = r.version
  group by r.source, r.stream, r.key
),
listed as (
  select source, stream, true as is_held, true as is_known
  from raw.record as r
  where not exists (select 1 from renewed as n where n.source = r.source and n.stream = r.stream and n.key = r.key)
  union all
  select source, stream, not is_deleted and is_there, not is_deleted and not is_erased
  from newest
),
stored as (
  select source, stream, count(*) filter (where is_held) as records, count(*) filter (where is_known) as known
  from listed
  group by source, stream
),
rejected as (
  select source, stream, count(distinct file || chr(31) || line) as rejected
  from raw.current_rejected_row
  group by source, stream
)
select
  a.source,
  a.stream,
  a.is_read,
  coalesce(s.records, 0) as records,
  greatest(coalesce(s.known, 0), coalesce(s.records, 0)) as known,
  d.declared_total,
  coalesce(r.rejected, 0) as rejected
from asked as a
join staging.source as k on k.source = a.source
left join declared as d on d.source = a.source and d.stream = a.stream and d.choice = 1
left join stored as s on s.source = a.source and s.stream = a.stream
left join rejected as r on r.source = a.source and r.stream = a.stream
order by a.source, a.stream
