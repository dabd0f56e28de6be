/*
title: Exemptions that name what fails
grain: one row per control, unit that fails and exemption that names it
description: >
  `refusal` says why it does not cover the unit all the same; empty where it does. An exemption is for a unit (by its id, or as its source calls it), a service, a team or an environment.
*/
with exemption as (
  select e.exemption_id, e.control, coalesce(e.scope, '') as scope, e.valid_from, e.valid_until, e.findings, f.problems
  from model.exemption as e
  join controls.exemption_form as f on f.exemption_id = e.exemption_id
),
failed as (
  select j.control, j.unit_kind, j.unit, j.service, j.teams, j.environment, j.occurred_at
  from controls.judged as j
  join (select distinct control from exemption) as e on e.control = j.control
  where j.status = 'fail'
),
name_of as (
  select control, unit_kind, unit, occurred_at, unit as scope
  from failed
  union all
  select control, unit_kind, unit, occurred_at, substring(unit, strpos(unit, ':') + 1) as scope
  from failed
  union all
  select control, unit_kind, unit, occurred_at, service as scope
  from failed
  union all
  select control, unit_kind, unit, occurred_at, environment as scope
  from failed
  union all
  select control, unit_kind, unit, occurred_at, unnest(teams) as scope
  from failed
  union all
  select control, unit_kind, unit, occurred_at, '' as scope
  from failed
),
named as (
  select distinct n.control, n.unit_kind, n.unit, n.occurred_at, e.exemption_id, e.valid_from, e.valid_until, e.findings, e.problems
  from name_of as n
  join exemption as e on e.control = n.control and e.scope = n.scope
)
select
  control,
  unit_kind,
  unit,
  exemption_id,
  findings,
  case
    when len(problems) > 0 then array_to_string(problems, ', ')
    when occurred_at is null then 'nothing says when it happened'
    when occurred_at < valid_from then 'it began only on ' || strftime(timezone(getvariable('time_zone'), valid_from), '%Y-%m-%d')
    -- Given as days it ends at the midnight after the last one.
    when occurred_at >= valid_until and date_trunc('day', timezone(getvariable('time_zone'), valid_until)) = timezone(getvariable('time_zone'), valid_until)
      then 'its last day was ' || strftime(timezone(getvariable('time_zone'), valid_until - to_seconds(1)), '%Y-%m-%d')
    when occurred_at >= valid_until then 'it had ended at ' || strftime(timezone(getvariable('time_zone'), valid_until), '%Y-%m-%d %H:%M')
  end as refusal
from named
order by control, unit_kind, unit, exemption_id
