/*
title: Sources on the data page
grain: one row per source of quarterdeck.yaml
description: >
  Freshness is the age of the newest record at as-of, as the source dates it. `is_collected` when every stream was read to its end at least once;
  `collected_until` where the last time was before as-of.
*/
with held as (
  select
    source, sum(records)::bigint as records, sum(rejected)::bigint as rejected, max(newest_at) as newest_at,
    bool_and(is_collected) as is_collected, min(collected_until) as collected_until
  from reports.site_stream
  group by source
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
