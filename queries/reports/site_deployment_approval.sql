/*
title: Decisions about each production deployment
grain: one row per wave and decision on one of its deployments or on a change request that authorises one
description: >
  As it stands to the first of the wave's deployments that it is about. `approver` is null where people are not shown; `has_approver` tells that
  the record names one, `is_bot` that it is no human.
*/
with first_use as (
  select
    w.wave_id, w.service, d.kind, d.approval_id, d.subject, d.approver, d.role, d.decision, d.decided_at, d.is_derived, d.timing,
    d.justification,
    row_number() over (partition by w.wave_id, d.kind, d.approval_id, d.subject order by d.started_at nulls last, d.deployment_id) as choice
  from reports.deployment_decision as d
  join model.wave_deployment as w on w.deployment_id = d.deployment_id
)
select
  f.service,
  p.month,
  f.wave_id,
  row_number() over (partition by f.wave_id order by f.kind, f.decided_at nulls last, f.approval_id, f.subject) as position,
  f.kind,
  f.subject,
  a.shown_as as approver,
  f.approver is not null as has_approver,
  coalesce(a.is_bot, false) as is_bot,
  f.role,
  f.decision,
  f.decided_at,
  f.is_derived,
  f.timing,
  f.justification
from first_use as f
join reports.site_wave_place as p on p.wave_id = f.wave_id
left join model.actor as a on a.login = f.approver
where f.choice = 1
order by f.service, p.month, f.wave_id, position
