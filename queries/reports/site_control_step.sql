/*
title: What to do about what fails or is unknown, for the pages of controls
grain: one row per control and step that fits a result
rule: Each result counts for the first step whose words its reason says, and for the one that all controls have (position 0) where that fits too
*/
with reason as (
  select control, reason, count(*) as units
  from controls.result
  where status in ('fail', 'unknown')
  group by control, reason
),
fitting as (
  select r.control, r.reason, r.units, min(s.position) as position
  from reason as r
  join controls.control_step as s on s.control = r.control and contains(r.reason, s.words)
  group by r.control, r.reason, r.units, s.position = 0
),
counted as (
  select control, position, sum(units)::bigint as units
  from fitting
  group by control, position
)
select
  n.control,
  n.position,
  n.units,
  trim(s.words) as words,
  replace(
    s.action, '{unit}', 'the ' || array_to_string(list_transform(c.units, lambda unit: replace(unit, '_', ' ')), ' or ')
  ) as action
from counted as n
join controls.control_step as s on s.control = n.control and s.position = n.position
join controls.control as c on c.control = n.control
order by n.control, n.units desc, n.position
