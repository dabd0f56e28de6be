/*
title: Results of controls by period
grain: one row per control and period among the last 13 complete ones of its kind in which it judged anything
rule: >
  pass / (pass + fail + unknown) makes adherence; what has no date belongs to no period. Days are not divided: a rolling window, which may begin at any time of day, begins here with that day
version: 1
description: "`most_failed_service` has most of what fails, of equals the first by name."
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
    control, severity, service,
    timezone(getvariable('time_zone'), occurred_at)::date as happened_on,
    count(*) filter (where status = 'pass') as passed,
    count(*) filter (where status = 'fail') as failed,
    count(*) filter (where status = 'unknown') as unknown,
    count(*) filter (where status = 'exempt') as exempt
  from controls.result
  where occurred_at is not null and status <> 'not_applicable'
  group by control, severity, service, happened_on
),
by_service as (
  select
    d.control, d.severity, d.service, p.period_kind, p.period_start, p.period_end, p.period_label, p.role, p.is_partial, p.recency,
    sum(d.passed) as passed, sum(d.failed) as failed, sum(d.unknown) as unknown, sum(d.exempt) as exempt
  from daily as d
  join shown as p on p.recency <= 13 and d.happened_on >= p.first_day and d.happened_on < p.end_day
  group by d.control, d.severity, d.service, p.period_kind, p.period_start, p.period_end, p.period_label, p.role, p.is_partial, p.recency
),
ranked as (
  select
    *,
    row_number() over (partition by control, period_kind, period_start order by failed desc, service nulls last) as place
  from by_service
)
select
  control, severity, period_kind, period_start, period_end, period_label, role, is_partial,
  recency::bigint as recency,
  sum(passed)::bigint as passed,
  sum(failed)::bigint as failed,
  sum(unknown)::bigint as unknown,
  sum(exempt)::bigint as exempt,
  max(case when place = 1 and failed > 0 then service end) as most_failed_service,
  max(case when place = 1 and service is not null then failed end)::bigint as most_failed
from ranked
group by control, severity, period_kind, period_start, period_end, period_label, role, is_partial, recency
order by control, period_kind, period_start
