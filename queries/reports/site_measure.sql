/*
title: Measures on pages
grain: one row per measure
rule: >
  What is shown is the last quarter that is over, or the present one where no other has a fact. Better or worse is said only of a measure that has a better
  direction, where both quarters have at least 6 facts and the 95 % interval of the difference leaves out zero (docs/metrics.md, Differences)
version: 2
description: Measures without a fact are here too, with nothing but their definition and what to connect.
*/
with quarter as (
  select f.*, row_number() over (partition by f.measure order by f.period_end > getvariable('as_of'), f.period_start desc) as choice
  from practices.figure as f
  where f.scope_kind = 'organisation' and f.cut is null and f.period_kind = 'quarter'
),
counted as (
  select measure, sum(n)::bigint as all_facts
  from quarter
  group by measure
)
select
  row_number() over (order by array_position(['delivery', 'pipelines', 'planning', 'environments', 'afterwards', 'outcomes'], m.area) nulls last, m.area, m.measure) as position,
  m.measure,
  m.area,
  m.title,
  m.question,
  m.rule,
  m.unit,
  m.statistic,
  m.better,
  m.made_from,
  m.connect,
  m.fact,
  m.facts,
  m.cut,
  m.version,
  m.relation,
  m.is_local,
  coalesce(c.all_facts, 0)::bigint as all_facts,
  q.period_label,
  q.period_start,
  q.period_end > getvariable('as_of') as is_current,
  q.n,
  q.hits,
  q.value,
  q.interval_low,
  q.interval_high,
  b.period_label as previous_label,
  b.value as previous_value,
  b.n as previous_n,
  b.hits as previous_hits,
  case
    when m.better is null or q.value is null or b.value is null then 'none'
    when q.n < 6 or b.n < 6 then 'too few'
    when q.interval_low is null or b.interval_low is null then 'none'
    when q.value > b.value and power(q.value - q.interval_low, 2) + power(b.interval_high - b.value, 2) < power(q.value - b.value, 2)
      then case m.better when 'lower' then 'worse' else 'better' end
    when q.value < b.value and power(q.interval_high - q.value, 2) + power(b.value - b.interval_low, 2) < power(q.value - b.value, 2)
      then case m.better when 'lower' then 'better' else 'worse' end
    else 'unclear'
  end as verdict
from practices.measure as m
left join counted as c on c.measure = m.measure
left join quarter as q on q.measure = m.measure and q.choice = 1
left join quarter as b on b.measure = q.measure and b.period_start = q.previous_start
order by position
