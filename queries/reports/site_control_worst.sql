/*
title: Controls that fail most, and those that are kept least
grain: one row per kind of period, for the latest complete one, and the whole history (all), ranking and place, three at most of each
rule: >
  most = by failed results, of equals the graver, then by name. least = by pass / (pass + fail + unknown) below 1, of controls with at least 6 results
version: 1
*/
with counted as (
  select control, period_kind, passed, failed, unknown
  from reports.control_period
  where recency = 1
  union all
  select control, 'all' as period_kind, passed, failed, unknown
  from controls.adherence
  where scope_kind = 'organisation' and month is null
),
rated as (
  select
    n.control, c.title, c.severity, n.period_kind, n.passed, n.failed,
    n.passed + n.failed + n.unknown as judged,
    n.passed / nullif(n.passed + n.failed + n.unknown, 0) as rate,
    case c.severity when 'critical' then 0 when 'high' then 1 when 'medium' then 2 else 3 end as gravity
  from counted as n
  join controls.control as c on c.control = n.control
),
ranked as (
  select
    'most' as ranking, period_kind, control, title, severity, passed, failed, judged, rate,
    row_number() over (partition by period_kind order by failed desc, gravity, control) as place
  from rated
  where failed > 0
  union all
  select
    'least' as ranking, period_kind, control, title, severity, passed, failed, judged, rate,
    row_number() over (partition by period_kind order by rate, gravity, control) as place
  from rated
  where judged >= 6 and rate < 1
)
select
  period_kind, ranking, place, control, title, severity,
  passed::bigint as passed,
  failed::bigint as failed,
  judged::bigint as judged,
  rate::double as rate
from ranked
where place <= 3
order by period_kind, ranking, place
