/*
title: What happened beside the figures, on trends
grain: one row per scope, kind of period and event in one of its periods
rule: >
  A hairline is drawn where its words lie on no other's: not near what is more telling, or later and as telling (2 years, 2 quarters,
  6 months of rolling windows, 5 months, 14 weeks). Freezes that a calendar says are too short for trends by quarter, year and rolling window. What is not drawn is listed below the chart all the same
*/
with placed as (
  select
    e.scope_kind, e.scope, p.period_kind, p.period_start, e.happened_at, e.ended_at, e.kind, e.label, e.text, e.precedence,
    row_number() over (
      partition by e.scope_kind, e.scope, p.period_kind order by e.precedence desc, e.happened_at, e.label, e.text, e.ended_at nulls first
    ) as weight
  from reports.event_beside as e
  join reports.site_period as p on e.happened_at >= p.period_start and e.happened_at < p.period_end
),
crowded as (
  select distinct a.scope_kind, a.scope, a.period_kind, a.weight
  from placed as a
  join placed as b
    on
      b.scope_kind = a.scope_kind
      and b.scope = a.scope
      and b.period_kind = a.period_kind
      and b.weight > a.weight
      and abs(date_diff('day', a.happened_at, b.happened_at)) < case a.period_kind when 'year' then 732 when 'quarter' then 183 when 'rolling' then 183 when 'month' then 152 else 98 end
)
select
  p.scope_kind,
  p.scope,
  p.period_kind,
  p.period_start,
  p.happened_at,
  p.ended_at,
  p.kind,
  p.label,
  p.text,
  c.weight is null and (p.precedence < 3 or p.period_kind in ('month', 'week')) as is_drawn
from placed as p
left join crowded as c
  on c.scope_kind = p.scope_kind and c.scope = p.scope and c.period_kind = p.period_kind and c.weight = p.weight
order by p.scope_kind, p.scope, p.period_kind, p.happened_at, p.weight desc
