/*
title: What controls cannot judge
grain: one row per control, kind of record that nobody knows to be complete, and service
audience: leadership
columns:
  control: Id of the control
  missing_records: Records that nobody knows to be complete; null where the unit's own records do not say
  service: Service of the units; null where they have none
  units: Units that cannot be judged
  first_at: When the first of them happened
  last_at: When the last of them happened
  example: What is said of one of them
*/
select control, words as missing_records, service, units, first_at, last_at, example
from reports.site_control_unknown
order by control, position
