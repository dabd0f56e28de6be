/*
title: Change requests that controls look at
grain: one row per change request
description: >
  With the production deployments that go by it. `occurred_at` is when it was created, else planned, closed or first deployed. `go_at` is when the first of its deployments began, else
  its planned start, else when it was closed; `implemented_at` when the last of them ended, else when it was closed. `is_void`: called off before anything was deployed.
*/
with deployed as (
  select
    p.change_request_id,
    min(d.occurred_at) as deployed_at,
    max(greatest(coalesce(d.finished_at, d.occurred_at), d.occurred_at)) as finished_at,
    min(d.service) as service
  from controls.deployment_part as p
  join controls.production_deployment as d on d.deployment_id = p.deployment_id
  where p.change_request_id is not null
  group by p.change_request_id
)
select
  r.change_request_id,
  r.native_id,
  coalesce(s.service, d.service, r.service) as service,
  r.type,
  r.risk,
  r.planned_start,
  coalesce(r.created_at, r.planned_start, r.closed_at, d.deployed_at) as occurred_at,
  d.deployed_at,
  coalesce(d.deployed_at, r.planned_start, r.closed_at) as go_at,
  coalesce(d.finished_at, r.closed_at) as implemented_at,
  d.deployed_at is null
  and coalesce(lower(trim(r.status)), '') in ('cancelled', 'canceled', 'rejected', 'declined', 'withdrawn', 'abandoned', 'won''t do') as is_void
from model.change_request as r
left join deployed as d on d.change_request_id = r.change_request_id
left join model.service as s on s.service = r.service
order by r.change_request_id
