/*
title: What the configuration changes of controls
grain: one row per control and setting that differs from what the product gives
audience: leadership
columns:
  control: Id of the control
  setting: parameter or severity
  name: Name of the parameter
  value: What is in force
  preset_value: What would be in force without the change
  unit: Unit of both
  reason: Why, as recorded
  decided_by: Who decided, as recorded; null = not recorded, or withheld because people are not published by name
  decided_since: From which day it is so, as recorded
*/
select control, setting, name, value, preset as preset_value, unit, decided_because as reason, decided_by, decided_since
from reports.site_control_setting
order by position
