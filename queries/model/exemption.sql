/*
title: Exemptions
grain: one row per waived control
*/
select
  source || ':' || id as exemption_id,
  control,
  scope,
  requested_by,
  approver,
  reason,
  compensating_control,
  coalesce(findings, []) as findings,
  approved_at,
  valid_from,
  valid_until
from staging.files_exemption
order by exemption_id
