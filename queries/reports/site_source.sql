/*
title: Sources on the data page
grain: one row per source of quarterdeck.yaml
description: >
  `last_status` is ok when every stream of the last collection was completed. Freshness is the age of the newest record at as-of, as
  the source dates it.
*/
with last_run as (
  select source, max(run_id) as run_id
  from raw.source_run
  group by source
),
collected as (
  select
    r.source,
    max(r.finished_at) as finished_at,
    bool_and(r.status = 'completed') as is_complete,
    max(r.message) filter (where r.status <> 'completed') as message,
    min(r.status) filter (where r.status <> 'completed') as status
  from raw.source_run as r
  join last_run as l on l.source = r.source and l.run_id = r.run_id
  group by r.source
),
succeeded as (
  select source, max(started_at) as last_collected_at
  from raw.source_run
  where status = 'completed'
  group by source
),
held as (
  select source, sum(records)::bigint as records, sum(deleted)::bigint as deleted, sum(rejected)::bigint as rejected, max(newest_at) as newest_at
  from reports.site_stream
  group by source
)
select
  s.source,
  s.collector,
  k.last_collected_at,
  case when c.source is null then 'never collected' when c.is_complete then 'ok' else c.status end as last_status,
  c.message,
  coalesce(h.records, 0) as records,
  coalesce(h.deleted, 0) as deleted,
  coalesce(h.rejected, 0) as rejected,
  h.newest_at,
  date_diff('second', h.newest_at, getvariable('as_of')) as stale_seconds
from staging.source as s
left join collected as c on c.source = s.source
left join succeeded as k on k.source = s.source
left join held as h on h.source = s.source
order by s.source
