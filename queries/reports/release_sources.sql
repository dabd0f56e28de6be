/*
title: Where the data of packs comes from
grain: one row per source and stream
description: What is held, when it was last collected, what could not be read, and what the source itself says there is.
*/
with held as (
  select source, stream, count(*) as records
  from raw.current
  group by source, stream
),
rejected as (
  select source, stream, count(*) as rejected_rows
  from raw.current_rejected_row
  group by source, stream
),
finished as (
  select
    source, stream, run_id, started_at, status, declared_total, message,
    row_number() over (partition by source, stream order by run_id desc, started_at desc) as recency
  from raw.source_run
),
completed as (
  select source, stream, max(started_at) as collected_at
  from raw.source_run
  where status = 'completed'
  group by source, stream
)
select
  s.source,
  s.collector,
  f.stream,
  coalesce(h.records, 0) as records,
  f.declared_total,
  coalesce(r.rejected_rows, 0) as rejected_rows,
  c.collected_at,
  f.run_id as last_run_id,
  f.status as last_status,
  f.message as last_message
from staging.source as s
left join finished as f on f.source = s.source and f.recency = 1
left join held as h on h.source = f.source and h.stream = f.stream
left join rejected as r on r.source = f.source and r.stream = f.stream
left join completed as c on c.source = f.source and c.stream = f.stream
order by s.source, f.stream
