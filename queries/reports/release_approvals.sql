/*
title: Approvals of releases
grain: one row per release and decision on one of its deployments or on a change request that authorises one
description: >
  `timing` compares the decision with the start of the first deployment that it is about.
*/
with decided as (
  select
    d.service,
    d.version,
    'deployment' as kind,
    a.approval_id,
    d.native_id as subject,
    null as subject_title,
    null as subject_type,
    d.environment,
    a.approver,
    null as role,
    a.decision,
    a.decided_at,
    a.is_derived,
    a.justification,
    d.deployment_id,
    d.started_at,
    d.url
  from reports.release_deployments as d
  join model.deployment_approval as a on a.deployment_id = d.deployment_id
  union all
  select
    d.service,
    d.version,
    'change request' as kind,
    a.approval_id,
    r.native_id as subject,
    r.title as subject_title,
    r.type as subject_type,
    d.environment,
    a.approver,
    a.role,
    a.decision,
    a.decided_at,
    false as is_derived,
    a.justification,
    d.deployment_id,
    d.started_at,
    r.url
  from reports.release_deployments as d
  join model.deployment_request as n on n.deployment_id = d.deployment_id
  join model.change_request as r on r.change_request_id = n.change_request_id
  join model.change_request_approval as a on a.change_request_id = n.change_request_id
),
first_use as (
  select
    service, version, kind, approval_id, subject, subject_title, subject_type, environment, approver, role, decision,
    decided_at, is_derived, justification, started_at, url,
    row_number() over (
      partition by service, version, kind, approval_id, subject
      order by started_at nulls last, deployment_id
    ) as choice
  from decided
)
select
  f.service,
  f.version,
  f.kind,
  f.approval_id,
  f.subject,
  f.subject_title,
  f.subject_type,
  f.environment,
  case when f.approver is null then 'not recorded' else coalesce(a.shown_as, 'withheld') end as approver,
  f.role,
  f.decision,
  f.decided_at,
  f.is_derived,
  case
    when f.decided_at is null or f.started_at is null then 'time not recorded'
    when f.decided_at <= f.started_at then 'before the start'
    else 'after the start'
  end as timing,
  f.justification,
  f.url
from first_use as f
left join model.actor as a on a.login = f.approver
where f.choice = 1
order by f.service, f.version, f.kind, f.decided_at nulls last, f.approval_id, f.subject
