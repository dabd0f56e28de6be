/*
title: Streams on the data page
grain: one row per source and stream
*/
with held as (
  select
    source, stream, count(*) as versions, count(distinct key) as keys,
    min(updated_at) filter (where updated_at < getvariable('as_of')) as oldest_at,
    max(updated_at) filter (where updated_at < getvariable('as_of')) as newest_at
  from raw.record
  group by source, stream
),
present as (
  select source, stream, count(*) as records
  from raw.current
  group by source, stream
),
rejected as (
  select source, stream, count(*) as rejected
  from raw.current_rejected_row
  group by source, stream
),
known as (
  select source, stream from held
  union
  select source, stream from rejected
)
select
  k.source,
  k.stream,
  coalesce(p.records, 0) as records,
  coalesce(h.versions, 0) as versions,
  coalesce(h.keys, 0) - coalesce(p.records, 0) as deleted,
  coalesce(r.rejected, 0) as rejected,
  h.oldest_at,
  h.newest_at
from known as k
left join held as h on h.source = k.source and h.stream = k.stream
left join present as p on p.source = k.source and p.stream = k.stream
left join rejected as r on r.source = k.source and r.stream = k.stream
order by k.source, k.stream
