/*
title: Types of change request that releases go by
grain: one row per release and type
description: Of the requests that its production deployments name. A release that names none, or only requests without a type, has no row.
*/
select distinct r.release_id, q.type
from controls.production_release as r
join controls.production_deployment as d on d.service = r.service and d.version = r.version
join model.deployment_request as n on n.deployment_id = d.deployment_id
join model.change_request as q on q.change_request_id = n.change_request_id
where q.type is not null
order by r.release_id, q.type
