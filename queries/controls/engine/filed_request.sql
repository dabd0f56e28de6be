/*
title: Change requests that controls look at
grain: one row per change request
description: >
  `occurred_at` is when it was created, else planned to begin, else closed, else first deployed. `deployments` are the production deployments that go by it, of themselves or by a change in them;
  `begun_at` is when the first of them began. Where it names no service it is filed under that of the first of them.
*/
with deployed as (
  select
    p.change_request_id,
    min_by(d.service, struct_pack(a := d.occurred_at, b := d.deployment_id)) as service,
    min(d.occurred_at) as begun_at,
    list_sort(list(distinct d.deployment_id)) as deployments
  from controls.deployment_part as p
  join controls.production_deployment as d on d.deployment_id = p.deployment_id
  where p.change_request_id is not null
  group by p.change_request_id
)
select
  r.change_request_id,
  coalesce(r.service, d.service) as service,
  s.tier,
  r.type,
  r.risk,
  coalesce(r.created_at, r.planned_start, r.closed_at, d.begun_at) as occurred_at,
  d.begun_at,
  case when r.closed_at < getvariable('as_of') then r.closed_at end as closed_at,
  coalesce(d.deployments, []) as deployments
from model.change_request as r
left join deployed as d on d.change_request_id = r.change_request_id
left join model.service as s on s.service = coalesce(r.service, d.service)
order by r.change_request_id
