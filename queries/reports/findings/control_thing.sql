/*
title: What fails a control, counted as people count
grain: one row per control, kind of period and thing that fails it, in the latest complete period and the one before
rule: >
  Attempts of one production deployment, one for each copy of the environment, are one deployment; an attempt that never went live is one by itself. Everything else is its own unit
version: 1
description: "`kind` is the kind of unit, `results` how many of its results fail. What has no date belongs to no period."
*/
with shown as (
  select
    s.period_kind, p.role = 'latest' as is_latest,
    timezone(getvariable('time_zone'), p.period_start)::date as first_day,
    timezone(getvariable('time_zone'), p.period_end)::date as end_day
  from reports.site_period as s
  join reports.site_period as p on p.period_kind = s.period_kind and p.period_start in (s.period_start, s.previous_start)
  where s.role = 'latest'
),
failed as (
  select
    r.control, r.unit_kind, r.service,
    coalesce(w.wave_id, r.unit) as thing,
    timezone(getvariable('time_zone'), r.occurred_at)::date as happened_on
  from controls.result as r
  left join model.wave_deployment as w on r.unit_kind = 'deployment' and w.deployment_id = r.unit
  where r.status = 'fail' and r.occurred_at is not null
)
select
  f.control,
  s.period_kind,
  s.is_latest,
  f.unit_kind as kind,
  f.thing,
  min(f.service) as service,
  count(*) as results
from failed as f
join shown as s on f.happened_on >= s.first_day and f.happened_on < s.end_day
group by f.control, s.period_kind, s.is_latest, f.unit_kind, f.thing
order by f.control, s.period_kind, s.is_latest, f.unit_kind, f.thing
