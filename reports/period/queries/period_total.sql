/*
title: Results of the period by family, service and month, and in all
grain: one row per kind (all, family, service, month) and name
rule: Results of all controls pooled as they are; adherence is pass / (pass + fail + unknown), nothing where nothing was to be judged
description: A control with many units weighs more than one with few, so each control has its own rate beside this.
version: 1
*/
with member as (
  select 'all' as kind, 'all' as name, control, unit_kind, unit, status, is_not_due
  from period_result
  union all
  select 'family', c.family, r.control, r.unit_kind, r.unit, r.status, r.is_not_due
  from period_result as r
  join controls.control as c on c.control = r.control
  union all
  select 'service', service, control, unit_kind, unit, status, is_not_due
  from period_result
  where service is not null
  union all
  select 'month', month, control, unit_kind, unit, status, is_not_due
  from period_result
  where unit_kind <> 'source'
),
counted as (
  select
    kind,
    name,
    count(distinct control) as controls,
    count(*) as results,
    count(*) filter (where status = 'pass') as passed,
    count(*) filter (where status = 'fail') as failed,
    count(*) filter (where status = 'unknown') as unknown,
    count(*) filter (where status = 'exempt') as exempt,
    count(*) filter (where status = 'not_applicable' and not is_not_due) as not_applicable,
    count(*) filter (where is_not_due) as not_due
  from member
  group by kind, name
)
select
  c.kind,
  c.name,
  coalesce(s.title, c.name) as title,
  c.controls::bigint as controls,
  c.results::bigint as results,
  c.passed::bigint as passed,
  c.failed::bigint as failed,
  c.unknown::bigint as unknown,
  c.exempt::bigint as exempt,
  c.not_applicable::bigint as not_applicable,
  c.not_due::bigint as not_due,
  c.passed / nullif(c.passed + c.failed + c.unknown, 0) as rate
from counted as c
left join model.service as s on c.kind = 'service' and s.service = c.name
order by c.kind, c.name
