/*
title: Decisions that production deployments go by
grain: one row per attempt, part of it, change request of that part and decision on the request (null = it has none)
description: >
  `is_before` says whether the decision was there when the deployment began; null where nobody knows when it was taken. `is_withdrawn` says whether it had been taken back by then.
*/
select
  p.deployment_id,
  p.part,
  p.change_request_id,
  r.type,
  d.occurred_at as begun_at,
  a.approval_id,
  a.approver,
  a.role,
  a.decision,
  a.decided_at,
  a.decided_at < d.occurred_at as is_before,
  coalesce(a.withdrawn_at < d.occurred_at, false) as is_withdrawn,
  a.withdrawn_at,
  a.expires_at,
  a.sha,
  a.conditions,
  a.conditions_met_at
from controls.deployment_part as p
join controls.production_deployment as d on d.deployment_id = p.deployment_id
left join model.change_request as r on r.change_request_id = p.change_request_id
left join model.change_request_approval as a on a.change_request_id = p.change_request_id
order by p.deployment_id, p.part, p.change_request_id, a.approval_id
