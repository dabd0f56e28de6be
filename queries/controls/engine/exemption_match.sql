/*
title: Exemptions that name what fails
grain: one row per control, unit that fails and exemption that names it
description: >
  `refusal` says why it does not cover the unit all the same; empty where it does. An exemption is for a unit (by its id, or as its source calls it), a service, a team or an environment.
*/
with named as (
  select j.control, j.unit_kind, j.unit, j.occurred_at, e.exemption_id, e.valid_from, e.valid_until, e.findings, f.problems
  from controls.judged as j
  join model.exemption as e
    on
      e.control = j.control
      and (
        e.scope is null or e.scope in (j.unit, j.service, j.environment) or list_contains(j.teams, e.scope)
        or right(j.unit, length(e.scope) + 1) = ':' || e.scope
      )
  join controls.exemption_form as f on f.exemption_id = e.exemption_id
  where j.status = 'fail'
)
select
  control,
  unit_kind,
  unit,
  exemption_id,
  findings,
  case
    when len(problems) > 0 then array_to_string(problems, ', ')
    when occurred_at < valid_from then 'it began only on ' || strftime(timezone(getvariable('time_zone'), valid_from), '%Y-%m-%d')
    when occurred_at >= valid_until then 'it had ended on ' || strftime(timezone(getvariable('time_zone'), valid_until), '%Y-%m-%d')
  end as refusal
from named
order by control, unit_kind, unit, exemption_id
