/*
title: When change requests went, and when they were done
grain: one row per change request
description: >
  `deployed_at` is when the first of its production deployments began; `go_at` the same, else its planned start, else when it was closed; `implemented_at` when the last of them ended, else when it
  was closed. `is_void`: called off before anything was deployed.
*/
with finished as (
  select p.change_request_id, max(greatest(coalesce(d.finished_at, d.occurred_at), d.occurred_at)) as finished_at
  from controls.deployment_part as p
  join controls.production_deployment as d on d.deployment_id = p.deployment_id
  where p.change_request_id is not null
  group by p.change_request_id
)
select
  r.change_request_id,
  r.native_id,
  q.service,
  q.type,
  q.risk,
  q.occurred_at,
  q.begun_at as deployed_at,
  coalesce(q.begun_at, r.planned_start, q.closed_at) as go_at,
  coalesce(f.finished_at, q.closed_at) as implemented_at,
  q.begun_at is null
  and coalesce(lower(trim(r.status)), '') in ('cancelled', 'canceled', 'rejected', 'declined', 'withdrawn', 'abandoned', 'won''t do') as is_void
from controls.filed_request as q
join model.change_request as r on r.change_request_id = q.change_request_id
left join finished as f on f.change_request_id = q.change_request_id
order by r.change_request_id
