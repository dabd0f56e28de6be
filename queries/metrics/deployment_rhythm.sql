/*
title: Rhythm of deployment
grain: one row per scope and period
rule: >
  Median time between the ends of consecutive production waves of the same service, filed by the later one; and days of the
  organisation's calendar with at least one wave, per week (design 3)
version: 1
*/
with spaced as (
  select
    wave_id,
    service,
    completed_at,
    timezone(getvariable('time_zone'), completed_at)::date as local_day,
    date_diff('second', lag(completed_at) over (partition by service order by completed_at, wave_id), completed_at) as gap_seconds
  from model.wave
),
fact as (
  select
    p.scope_kind,
    p.scope,
    p.period_kind,
    p.period_start,
    w.gap_seconds,
    w.local_day
  from spaced as w
  join metrics.scope_member as m
    on m.service = w.service and w.completed_at >= m.member_from and w.completed_at < m.member_until
  join metrics.scope_period as p
    on
      p.scope_kind = m.scope_kind
      and p.scope = m.scope
      and w.completed_at >= p.period_start
      and w.completed_at < p.period_end
)
select
  p.scope_kind,
  p.scope,
  p.period_kind,
  p.period_start,
  count(f.gap_seconds) as gaps,
  percentile_cont(0.5) within group (order by f.gap_seconds) as median_gap_seconds,
  count(distinct f.local_day) as deployment_days,
  least(count(distinct f.local_day) * 7.0::double / p.days, 7) as deployment_days_per_week,
  p.days
from metrics.scope_period as p
left join fact as f
  on f.scope_kind = p.scope_kind and f.scope = p.scope and f.period_kind = p.period_kind and f.period_start = p.period_start
group by p.scope_kind, p.scope, p.period_kind, p.period_start, p.days
order by p.scope_kind, p.scope, p.period_kind, p.period_start
