/*
title: Change requests of deployments
grain: one row per deployment and change request that it names
*/
with named as (
  select deployment_id, unnest(change_requests) as reference
  from model.deployment
)
select distinct n.deployment_id, r.change_request_id
from named as n
join model.change_request as r on r.native_id = n.reference or r.change_request_id = n.reference
order by n.deployment_id, r.change_request_id
