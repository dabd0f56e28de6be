/*
title: Approval matrix
grain: one row per line of the matrix
description: >
  Which approval a change needs. A null in change_type, risk, tier, service or release_step = whichever. Days begin in the organisation's time zone; null = without bound. `valid_hours` and `late_hours` are hours.
*/
select
  source || ':' || id as approval_rule_id,
  id as native_id,
  source,
  path,
  role,
  coalesce(approvals, 1) as approvals,
  change_type,
  risk,
  tier,
  service,
  release_step,
  valid_hours,
  late_hours,
  timezone(getvariable('time_zone'), valid_from::timestamp) as valid_from,
  timezone(getvariable('time_zone'), valid_until::timestamp) as valid_until
from staging.files_approval_rule
order by approval_rule_id
