/*
title: Streams on the data page
grain: one row per stream of the sources in quarterdeck.yaml
description: >
  What is held now; how it came here is in reports.collection_log. Oldest and newest are events before as-of where the kind has a time of its
  own, else what the source says of its records. `collected_until` only where the stream was last read to its end before as-of: that bounds what is known.
*/
with held as (
  select
    source, stream, count(*) as records,
    min(updated_at) filter (where updated_at < getvariable('as_of')) as oldest_at,
    max(updated_at) filter (where updated_at < getvariable('as_of')) as newest_at
  from raw.current
  group by source, stream
),
rejected as (
  select source, stream, count(*) as rejected
  from raw.current_rejected_row
  group by source, stream
),
event as (
  select source, 'deployment' as stream, coalesce(finished_at, started_at) as happened_at
  from model.reported_deployment
  union all
  select source, 'change', merged_at from model.change
  union all
  select source, 'incident', coalesce(resolved_at, started_at) from model.incident
  union all
  select source, 'commit', committed_at from model.commit
  union all
  select source, entity, happened_at from model.process_record
),
dated as (
  select source, stream, min(happened_at) as oldest_at, max(happened_at) as newest_at
  from event
  where happened_at < getvariable('as_of')
  group by source, stream
),
asked as (
  -- The last by its number, for a clock may have been ahead once.
  select source, stream, max_by(started_at, run_id) filter (where status = 'completed') as collected_at
  from raw.source_run
  group by source, stream
),
known as (
  select source, stream from held
  union
  select source, stream from rejected
  union
  select source, stream from asked
)
select
  k.source,
  k.stream,
  coalesce(h.records, 0) as records,
  coalesce(r.rejected, 0) as rejected,
  coalesce(d.oldest_at, h.oldest_at) as oldest_at,
  coalesce(d.newest_at, h.newest_at) as newest_at,
  a.collected_at is not null as is_collected,
  case when a.collected_at < getvariable('as_of') then a.collected_at end as collected_until
from known as k
join staging.source as s on s.source = k.source
left join held as h on h.source = k.source and h.stream = k.stream
left join dated as d on d.source = k.source and d.stream = k.stream
left join rejected as r on r.source = k.source and r.stream = k.stream
left join asked as a on a.source = k.source and a.stream = k.stream
order by k.source, k.stream
