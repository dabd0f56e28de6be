/*
title: What the configuration changes of controls
grain: one row per control and setting that differs from what the product gives
description: "`preset` is what the control says itself and would be in force without the change."
*/
with changed as (
  select control, 'severity' as setting, 'severity' as name, severity as value, severity_preset as preset, null as unit, 'How bad a failure is.' as description
  from controls.control
  where severity <> severity_preset
  union all
  select control, 'parameter' as setting, name, value, preset, unit, description
  from controls.control_parameter
  where value is distinct from preset
)
select
  row_number() over (order by c.family, c.control, s.setting desc, s.name) as position,
  c.control,
  c.title,
  s.setting,
  s.name,
  s.value,
  s.preset,
  s.unit,
  s.description,
  c.decided_because,
  case when getvariable('people') = 'names' then c.decided_by end as decided_by,
  c.decided_by is not null as has_decider,
  c.decided_since
from changed as s
join controls.control as c on c.control = s.control
order by position
