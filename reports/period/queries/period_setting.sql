/*
title: Settings of the controls
grain: one row per control and parameter
description: "`preset` is what the control says itself; what quarterdeck.yaml sets otherwise differs from it."
version: 1
*/
select s.control, s.name, s.value, s.preset, s.unit, s.value is distinct from s.preset as is_changed, s.description
from controls.control_parameter as s
join period_control as c on c.control = s.control
order by s.control, s.name
