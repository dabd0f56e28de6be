/*
title: Controls by month
grain: one row per control and month from its first result until as-of; months without results have none
*/
with bound as (
  select control, min(month) as first_month
  from controls.adherence
  where scope_kind = 'organisation' and month is not null
  group by control
),
until as (
  select date_trunc('month', timezone(getvariable('time_zone'), getvariable('as_of'))) as last_month
),
calendar as (
  select b.control, unnest(generate_series(strptime(b.first_month || '-01', '%Y-%m-%d'), u.last_month, interval 1 month)) as began
  from bound as b
  cross join until as u
)
select
  k.control,
  strftime(k.began, '%Y-%m') as month,
  timezone(getvariable('time_zone'), k.began) as period_start,
  timezone(getvariable('time_zone'), k.began + interval 1 month) as period_end,
  k.began = u.last_month as is_current,
  coalesce(a.passed, 0)::bigint as passed,
  coalesce(a.failed, 0)::bigint as failed,
  coalesce(a.unknown, 0)::bigint as unknown,
  coalesce(a.exempt, 0)::bigint as exempt,
  coalesce(a.not_applicable, 0)::bigint as not_applicable,
  coalesce(a.not_due, 0)::bigint as not_due,
  coalesce(a.outside, 0)::bigint as outside,
  a.rate,
  a.rate_low,
  a.rate_high
from calendar as k
cross join until as u
left join controls.adherence as a on a.control = k.control and a.scope_kind = 'organisation' and a.month = strftime(k.began, '%Y-%m')
order by k.control, k.began
