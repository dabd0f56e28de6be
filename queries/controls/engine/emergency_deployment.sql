/*
title: Production deployments by emergency
grain: one row per attempt whose change requests are emergencies, all of them
description: Controls of the regular path do not apply to it. EMG-01 judges the emergency.
*/
select p.deployment_id
from controls.deployment_part as p
join model.change_request as r on r.change_request_id = p.change_request_id
where p.part = 'deployment'
group by p.deployment_id
having bool_and(coalesce(r.type = 'emergency', false))
order by p.deployment_id
