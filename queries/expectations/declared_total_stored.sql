/*
title: What a source says it has is stored
grain: one row per source and stream that declares a total
*/
with last_declared as (
  select source, stream, declared_total, row_number() over (partition by source, stream order by run_id desc) as choice
  from raw.source_run
  where declared_total is not null and status = 'completed'
),
erased as (
  select r.source, r.stream, r.key, arg_max(r.payload is null and not r.is_deleted and e.key is not null, r.version) as is_erased
  from raw.record as r
  left join raw.erasure as e on e.source = r.source and e.stream = r.stream and e.key = r.key and e.version = r.version
  where exists (select 1 from raw.erasure as x where x.source = r.source and x.stream = r.stream and x.key = r.key)
  group by r.source, r.stream, r.key
),
-- The source still has what was erased here.
there as (
  select source, stream
  from raw.known
  union all
  select source, stream
  from erased
  where is_erased
),
stored as (
  select source, stream, count(*) as records
  from there
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
