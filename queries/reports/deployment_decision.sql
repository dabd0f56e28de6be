/*
title: Decisions about deployments
grain: one row per deployment and decision on it or on a change request that authorises it
description: >
  `timing` compares the decision with the start of the deployment.
*/
with decided as (
  select
    d.deployment_id, 'deployment' as kind, a.approval_id, d.native_id as subject, null as subject_title, null as subject_type,
    a.approver, null as role, a.decision, a.decided_at, a.is_derived, a.justification, d.started_at, d.url
  from model.deployment as d
  join model.deployment_approval as a on a.deployment_id = d.deployment_id
  union all
  select
    d.deployment_id, 'change request' as kind, a.approval_id, r.native_id as subject, r.title as subject_title, r.type as subject_type,
    a.approver, a.role, a.decision, a.decided_at, a.is_derived, a.justification, d.started_at, r.url
  from model.deployment as d
  join model.deployment_request as n on n.deployment_id = d.deployment_id
  join model.change_request as r on r.change_request_id = n.change_request_id
  join model.change_request_approval as a on a.change_request_id = n.change_request_id
)
select
  deployment_id,
  kind,
  approval_id,
  subject,
  subject_title,
  subject_type,
  approver,
  role,
  decision,
  decided_at,
  is_derived,
  case
    when decided_at is null or started_at is null then 'time not recorded'
    when decided_at <= started_at then 'before the start'
    else 'after the start'
  end as timing,
  justification,
  started_at,
  url
from decided
order by deployment_id, kind, approval_id, subject
