/*
title: Where the data of packs comes from
grain: one row per source and stream
description: >
  What is held, what could not be read, what the source itself says there is, and a digest that an independent collection of the same records
  reproduces (reports.records_digest). When and in which runs it came is in the collection log; `collected_until` only where the stream was last read
  to its end before as-of.
*/
with declared as (
  select source, stream, declared_total, row_number() over (partition by source, stream order by run_id desc, started_at desc) as recency
  from raw.source_run
  where declared_total is not null and status = 'completed'
)
select
  s.source,
  s.collector,
  t.stream,
  coalesce(t.records, 0) as records,
  d.declared_total,
  coalesce(t.rejected, 0) as rejected_rows,
  t.newest_at,
  coalesce(t.is_collected, false) as is_collected,
  t.collected_until,
  g.sha256 as records_sha256
from staging.source as s
left join reports.site_stream as t on t.source = s.source
left join declared as d on d.source = t.source and d.stream = t.stream and d.recency = 1
left join reports.records_digest as g on g.source = t.source and g.stream = t.stream
order by s.source, t.stream
