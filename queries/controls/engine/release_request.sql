/*
title: Change requests of releases
grain: one row per release that went to production and request that one of its production deployments goes by
*/
select distinct l.release_id, p.change_request_id
from controls.production_release as l
join controls.production_deployment as d on d.service = l.service and d.version = l.version
join controls.deployment_part as p on p.deployment_id = d.deployment_id
where p.change_request_id is not null
order by l.release_id, p.change_request_id
