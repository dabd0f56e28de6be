/*
title: What another setting would have done
grain: one row per organisation or team, quarter, setting and value
audience: leadership
description: >
  Over the twelve months up to the end of the quarter, of production deployments whose outcome is known, rollbacks left out. A deployment held is looked at again, not prevented.
columns:
  scope_kind: organisation or team
  scope: Name of the organisation or team
  quarter: Quarter at whose end the twelve months end
  setting: What is set
  title: The setting as people read it
  value: The value that is tried
  unit: Unit of the value
  is_in_force: True where configuration has this value now
  judged: Deployments of which the number and the outcome are known
  failed: How many of them failed
  caught: Held by the setting, and failed
  delayed: Held by the setting, and did not fail
  missed: Not held, and failed
  unknown: Deployments of which the number is not known
*/
select scope_kind, scope, quarter, setting, title, value, unit, is_in_force, judged, failed, caught, delayed, missed, unknown
from reports.what_if
order by scope_kind, scope, quarter, position, value
