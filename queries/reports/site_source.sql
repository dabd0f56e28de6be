/*
title: Sources on the data page
grain: one row per source of quarterdeck.yaml
description: >
  Freshness is the age of the newest record at as-of, as the source dates it; of records of the process, such as reviews and rehearsals, nobody expects one every day, so they do not
  tell. `is_collected` when every stream was read to its end at least once;
  `collected_until` where the last time was before as-of.
*/
with rare as (
  select distinct entity
  from model.process_record
),
held as (
  select
    s.source,
    sum(s.records)::bigint as records,
    sum(s.rejected)::bigint as rejected,
    max(s.newest_at) filter (where r.entity is null) as newest_at,
    bool_and(s.is_collected) as is_collected,
    min(s.collected_until) as collected_until
  from reports.site_stream as s
  left join rare as r on r.entity = s.stream
  group by s.source
)
select
  s.source,
  s.collector,
  coalesce(h.is_collected, false) as is_collected,
  h.collected_until,
  coalesce(h.records, 0) as records,
  coalesce(h.rejected, 0) as rejected,
  h.newest_at,
  date_diff('second', h.newest_at, getvariable('as_of')) as stale_seconds
from staging.source as s
left join held as h on h.source = s.source
order by s.source
