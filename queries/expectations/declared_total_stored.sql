/*
title: What a source says it has is stored
grain: one row per source and stream that declares a total
*/
with last_declared as (
  select source, stream, declared_total, row_number() over (partition by source, stream order by run_id desc) as choice
  from raw.source_run
  where declared_total is not null and status = 'completed'
),
stored as (
  select source, stream, count(*) as records
  from raw.known
  group by source, stream
)
select
  l.source || ' ' || l.stream as subject,
  l.declared_total - coalesce(s.records, 0) as rows,
  'The source declared ' || l.declared_total || ' records, ' || coalesce(s.records, 0) || ' are stored.' as effect,
  'Collect again; if the difference stays, look at what was rejected.' as remedy
from last_declared as l
left join stored as s on s.source = l.source and s.stream = l.stream
where l.choice = 1 and l.declared_total > coalesce(s.records, 0)
order by subject
