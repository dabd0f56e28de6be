/*
title: Rollback plans of change requests
grain: one row per change request and rollback plan recorded for it, or for a version that it deploys
*/
select r.change_request_id, p.rollback_plan_id
from model.change_request_name as r
join model.rollback_plan as p on p.change_request = r.reference
union
select v.change_request_id, p.rollback_plan_id
from controls.request_version as v
join model.rollback_plan as p on p.service = v.service and p.version = v.version
order by change_request_id, rollback_plan_id
