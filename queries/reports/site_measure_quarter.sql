/*
title: Quarters of measures
grain: one row per measure and quarter, without gaps, of at most the last twelve that the measure's page draws
*/
with known as (
  select measure, min(period_start) as first_start, max(period_start) as last_start
  from practices.figure
  where scope_kind = 'organisation' and cut is null and period_kind = 'quarter'
  group by measure
),
quarter as (
  select distinct period_start, period_end, period_label
  from practices.figure
  where period_kind = 'quarter'
),
drawn as (
  select k.measure, q.period_start, q.period_end, q.period_label, row_number() over (partition by k.measure order by q.period_start desc) as place
  from known as k
  join quarter as q on q.period_start >= k.first_start and q.period_start <= k.last_start
)
select
  d.measure,
  d.period_start,
  d.period_label,
  d.period_end > getvariable('as_of') as is_current,
  m.unit,
  coalesce(f.n, 0)::bigint as n,
  f.hits,
  f.value,
  f.interval_low,
  f.interval_high
from drawn as d
join practices.measure as m on m.measure = d.measure
left join practices.figure as f
  on f.measure = d.measure and f.period_start = d.period_start and f.scope_kind = 'organisation' and f.cut is null and f.period_kind = 'quarter'
where d.place <= 12
order by d.measure, d.period_start
