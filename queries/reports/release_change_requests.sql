/*
title: Change requests of releases
grain: one row per release and change request that one of its deployments names
description: >
  `timing` compares the first production attempt that names the request with its planned window. A name that is not among
  the collected change requests stays as it was written.
*/
with named as (
  select service, version, deployment_id, environment_kind, started_at, unnest(change_requests) as reference
  from reports.release_deployments
),
resolved as (
  select n.service, n.version, n.environment_kind, n.started_at, n.reference, min(r.change_request_id) as change_request_id
  from named as n
  left join model.deployment_request as d on d.deployment_id = n.deployment_id
  left join model.change_request as r
    on r.change_request_id = d.change_request_id and (r.native_id = n.reference or r.change_request_id = n.reference)
  where n.reference <> ''
  group by n.service, n.version, n.deployment_id, n.environment_kind, n.started_at, n.reference
),
used as (
  select
    service,
    version,
    coalesce(change_request_id, reference) as request,
    min(change_request_id) as change_request_id,
    min(reference) as reference,
    count(*) as attempts,
    min(started_at) filter (where environment_kind = 'production') as started_at
  from resolved
  group by service, version, coalesce(change_request_id, reference)
),
decided as (
  select
    change_request_id,
    count(*) filter (where decision = 'approved') as approvals,
    count(*) filter (where decision = 'rejected') as rejections
  from model.change_request_approval
  group by change_request_id
)
select
  u.service,
  u.version,
  coalesce(r.native_id, u.reference) as reference,
  r.change_request_id is not null as is_known,
  r.title,
  r.type,
  r.risk,
  r.status,
  case
    when r.change_request_id is null then null
    when r.requested_by is null then 'not recorded'
    else coalesce(a.shown_as, 'withheld')
  end as requested_by,
  r.created_at,
  r.planned_start,
  r.planned_end,
  case
    when u.started_at is null then 'not in production'
    when r.planned_start is null or r.planned_end is null then 'no window recorded'
    when u.started_at < r.planned_start then 'before its window'
    when u.started_at < r.planned_end then 'within its window'
    else 'after its window'
  end as timing,
  r.rollback_plan is not null as has_rollback_plan,
  r.test_plan is not null as has_test_plan,
  r.review_at,
  r.closed_at,
  u.attempts,
  coalesce(d.approvals, 0) as approvals,
  coalesce(d.rejections, 0) as rejections,
  r.url
from used as u
left join model.change_request as r on r.change_request_id = u.change_request_id
left join decided as d on d.change_request_id = u.change_request_id
left join model.actor as a on a.login = r.requested_by
order by u.service, u.version, reference, u.request
