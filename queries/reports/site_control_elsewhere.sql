/*
title: Why controls do not apply
grain: one row per control and reason for which units in its scope are not applicable or not due yet
description: Reasons that differ only by digits are one, with an example. The twenty most frequent of each control.
*/
with worded as (
  select control, regexp_replace(reason, '[0-9]+', '#', 'g') as form, reason, is_not_due
  from controls.result
  where status = 'not_applicable' and not is_outside
),
counted as (
  select control, form, is_not_due, min(reason) as example, count(*) as units
  from worded
  group by control, form, is_not_due
),
numbered as (
  select *, row_number() over (partition by control order by units desc, form, is_not_due) as position
  from counted
)
select control, position, example, is_not_due, units::bigint as units
from numbered
where position <= 20
order by control, position
