with last_run as (
  select source, max(run_id) as run_id
  from raw.source_run
  group by source
),
ended as (
  select
    r.source,
    r.run_id,
    bool_and(r.status = 'completed') as is_complete,
    string_agg(r.stream || ': ' || coalesce(r.message, 'failed'), chr(10) order by r.stream) filter (where r.status <> 'completed') as message,
    sum(r.rejected)::bigint as rejected
  from raw.source_run as r
  join last_run as l on l.source = r.source and l.run_id = r.run_id
  group by r.source, r.run_id
),
succeeded as (
  -- The last by its number, for a clock may have been ahead once.
  select s.source, max_by(s.started_at, s.run_id) as collected_at
  from raw.source_run as s
  where s.status = 'completed'
  group by s.source
),
position as (
  select source, string_agg(stream, ', ' order by stream) as streams
  from raw.cursor
  group by source
)
select
  e.source,
  e.run_id,
  e.is_complete,
  e.message,
  e.rejected,
  s.collected_at,
  p.streams
from ended as e
left join succeeded as s on s.source = e.source
left join position as p on p.source = e.source
order by e.source
