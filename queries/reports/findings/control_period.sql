/*
title: Results of controls by period
grain: one row per control and period among the last 13 complete ones of its kind in which it judged anything
rule: >
  pass / (pass + fail + unknown) makes adherence; what has no date belongs to no period. Days are not divided: a rolling window, which may begin at any time of day, begins here with that day
version: 1
*/
with shown as (
  select
    period_kind, period_start, period_end, period_label, role, is_partial,
    timezone(getvariable('time_zone'), period_start)::date as first_day,
    timezone(getvariable('time_zone'), period_end)::date as end_day,
    row_number() over (partition by period_kind order by period_start desc) as recency
  from reports.site_period
  where role <> 'current'
),
daily as (
  select
    control, severity,
    timezone(getvariable('time_zone'), occurred_at)::date as happened_on,
    count(*) filter (where status = 'pass') as passed,
    count(*) filter (where status = 'fail') as failed,
    count(*) filter (where status = 'unknown') as unknown,
    count(*) filter (where status = 'exempt') as exempt
  from controls.result
  where occurred_at is not null and status <> 'not_applicable'
  group by control, severity, happened_on
)
select
  d.control, d.severity, p.period_kind, p.period_start, p.period_end, p.period_label, p.role, p.is_partial,
  p.recency::bigint as recency,
  sum(d.passed)::bigint as passed,
  sum(d.failed)::bigint as failed,
  sum(d.unknown)::bigint as unknown,
  sum(d.exempt)::bigint as exempt
from daily as d
join shown as p on p.recency <= 13 and d.happened_on >= p.first_day and d.happened_on < p.end_day
group by d.control, d.severity, p.period_kind, p.period_start, p.period_end, p.period_label, p.role, p.is_partial, p.recency
order by d.control, p.period_kind, p.period_start
