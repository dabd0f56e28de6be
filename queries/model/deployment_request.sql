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
join model.change_request_name as r on r.reference = n.reference
order by n.deployment_id, r.change_request_id
