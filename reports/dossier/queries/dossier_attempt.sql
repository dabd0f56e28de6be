/*
title: Production deployments of dossiers
grain: one row per dossier and production deployment that it is about
version: 1
*/
select unit, unit as deployment_id
from dossier
where kind = 'deployment'
union
select d.unit, unnest(q.deployments) as deployment_id
from dossier as d
join controls.filed_request as q on q.change_request_id = d.unit
where d.kind = 'change_request'
order by unit, deployment_id
