/*
title: Collection runs on the restatements page
grain: one row per run and source, of the ten newest runs
*/
with numbered as (
  select run_id, row_number() over (order by run_id desc) as recency
  from raw.run
)
select
  r.run_id::varchar as run_id,
  r.source,
  min(r.started_at) as started_at,
  max(r.finished_at) as finished_at,
  case when bool_and(r.status = 'completed') then 'ok' else min(r.status) filter (where r.status <> 'completed') end as status,
  sum(r.stored)::bigint as records,
  sum(r.unchanged)::bigint as unchanged,
  sum(r.deleted)::bigint as deleted,
  sum(r.rejected)::bigint as rejected,
  sum(a.calls)::bigint as calls,
  sum(a.points)::bigint as points,
  sum(a.retries)::bigint as retries,
  sum(a.waited_seconds) as waited_seconds,
  max(r.message) as message
from raw.source_run as r
join numbered as n on n.run_id = r.run_id
left join raw.source_usage as a on a.run_id = r.run_id and a.source = r.source and a.stream = r.stream
where n.recency <= 10
group by r.run_id, r.source
order by r.run_id desc, r.source
