/*
title: Change requests of releases
grain: one row per release that went to production and request that one of its production deployments goes by
*/
select l.release_id, v.change_request_id
from controls.production_release as l
join controls.request_version as v on v.service = l.service and v.version = l.version
order by l.release_id, v.change_request_id
