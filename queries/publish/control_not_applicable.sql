/*
title: Why controls do not apply
grain: one row per control and reason for which units in its scope are not applicable or not due yet
audience: leadership
description: Reasons that differ only by digits are one. The twenty most frequent of each control.
columns:
  control: Id of the control
  example: The reason, as it is said of one of the units
  is_not_due: True where it is not due yet
  units: Units of which it is said
*/
select control, example, is_not_due, units
from reports.site_control_elsewhere
order by control, position
