/*
title: Approvals of releases
grain: one row per release and decision on one of its deployments or on a change request that authorises one
description: >
  `timing` compares the decision with the start of the first deployment that it is about. `later_changes` are those changes of the release, among the `covered_changes` that the decision is about, that
  were merged after it; counted for approvals only.
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
    decided_at, is_derived, timing, justification, deployment_id, url,
    row_number() over (
      partition by service, version, kind, approval_id, subject
      order by started_at nulls last, deployment_id
    ) as choice
  from decided
),
request_part as (
  select distinct p.deployment_id, a.approval_id, p.part
  from controls.deployment_part as p
  join model.change_request_approval as a on a.change_request_id = p.change_request_id
),
covered as (
  select f.service, f.version, f.kind, f.approval_id, f.subject, f.decided_at, c.change_id, c.number, c.native_id, c.merged_at
  from first_use as f
  join reports.release_changes as c on c.service = f.service and c.version = f.version
  left join request_part as w on f.kind = 'change request' and w.deployment_id = f.deployment_id and w.approval_id = f.approval_id and w.part = 'deployment'
  left join request_part as p on f.kind = 'change request' and p.deployment_id = f.deployment_id and p.approval_id = f.approval_id and p.part = c.change_id
  where f.choice = 1 and f.decision = 'approved' and (f.kind = 'deployment' or w.part is not null or p.part is not null)
),
compared as (
  select
    service, version, kind, approval_id, subject,
    count(distinct change_id) as covered_changes,
    list(
      coalesce('#' || number, left(substring(native_id, strpos(native_id, '@') + 1), 40)) order by merged_at, change_id
    ) filter (where merged_at > decided_at) as later_changes
  from covered
  group by service, version, kind, approval_id, subject
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
  f.url,
  coalesce(k.covered_changes, 0)::bigint as covered_changes,
  coalesce(k.later_changes, []) as later_changes
from first_use as f
left join model.actor as a on a.login = f.approver
left join compared as k
  on k.service = f.service and k.version = f.version and k.kind = f.kind and k.approval_id = f.approval_id and k.subject = f.subject
where f.choice = 1
order by f.service, f.version, f.kind, f.decided_at nulls last, f.approval_id, f.subject
