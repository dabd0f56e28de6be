/*
title: When units began and ceased to fail
grain: one row per build, control and unit that fails since that build, or no longer
audience: leadership
description: What a build published and a later one says differently. Outside what an independent collection reproduces.
columns:
  publication: Number of the build
  as_of: As-of instant of the build
  control: Id of the control
  unit_kind: deployment, change_request, release, incident, source, period or exemption
  unit: Identifier of the unit
  old_status: What the build before said; null where it said nothing of it
  new_status: What this build says; gone where the control says nothing of it any more
*/
select publication, as_of, control, unit_kind, unit, old_status, new_status
from reports.control_history
where old_status = 'fail' or new_status = 'fail'
order by publication desc, control, unit_kind, unit
