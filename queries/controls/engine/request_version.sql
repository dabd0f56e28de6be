/*
title: Versions that change requests bring to production
grain: one row per change request, service and version of a production deployment that goes by it
*/
select distinct p.change_request_id, d.service, d.version
from controls.deployment_part as p
join controls.production_deployment as d on d.deployment_id = p.deployment_id
where p.change_request_id is not null and d.version is not null
order by p.change_request_id, d.service, d.version
