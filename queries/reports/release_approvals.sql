/*
title: Approvals of releases
grain: one row per release and decision on one of its deployments or on a change request that authorises one
description: >
  `timing` compares the decision with the start of the first deployment that it is about.
*/
with decided as (
  select
    r.service, r.version, d.kind, d.approval_id, d.subject, d.subject_title, d.subject_type, r.environment, d.approver, d.role, d.decision,
    d.decided_at, d.is_derived, d.timing, d.justification, d.deployment_id, d.started_at, d.url
  from reports.release_deployments as r
  join reports.deployment_decision as d on d.deployment_id = r.deployment_id
),
first_use as (
  select
    service, version, kind, approval_id, subject, subject_title, subject_type, environment, approver, role, decision,
    decided_at, is_derived, timing, justification, url,
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
  f.timing,
  f.justification,
  f.url
from first_use as f
left join model.actor as a on a.login = f.approver
where f.choice = 1
order by f.service, f.version, f.kind, f.decided_at nulls last, f.approval_id, f.subject
