/*
title: Change requests of production deployments, together
grain: one row per production deployment
description: Of the deployment and of the changes in it; `has_request` where there is any.
*/
select
  deployment_id,
  bool_or(change_request_id is not null) as has_request,
  list_sort(coalesce(list(distinct change_request_id) filter (where change_request_id is not null), [])) as requests
from controls.deployment_part
group by deployment_id
order by deployment_id
