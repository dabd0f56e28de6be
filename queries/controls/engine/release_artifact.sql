/*
title: Artifacts of releases
grain: one row per release and artifact that one of its production deployments deployed
*/
select distinct r.release_id, a.artifact_id, a.digest
from controls.production_release as r
join controls.production_deployment as d on d.service = r.service and d.version = r.version
join controls.deployment_artifact as a on a.deployment_id = d.deployment_id
order by r.release_id, a.artifact_id
