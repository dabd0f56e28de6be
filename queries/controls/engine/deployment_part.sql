/*
title: What change requests a production deployment goes by
grain: one row per attempt, part of it and request of that part (null = it has none)
rule: >
  A deployment satisfies a control of change requests if one request of its own does, or every change in it has one that does. Part `deployment` is the whole with the requests that it
  names; each other part is a change with the requests that its tickets name
version: 1
*/
select d.deployment_id, 'deployment' as part, r.change_request_id
from controls.production_deployment as d
left join model.deployment_request as r on r.deployment_id = d.deployment_id
union all
select c.deployment_id, c.change_id as part, r.change_request_id
from controls.deployment_change as c
left join controls.named_request as r on r.change_id = c.change_id
order by deployment_id, part, change_request_id
