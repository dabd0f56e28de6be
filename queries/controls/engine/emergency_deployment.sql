/*
title: Production deployments that go by the emergency route
grain: one row per attempt all of whose requests are emergencies
description: Requests are its own; where it names none, those of its changes, if each of them has one.
*/
with part as (
  select
    p.deployment_id,
    p.part = 'deployment' as is_whole,
    bool_or(p.change_request_id is not null) as has_request,
    bool_and(coalesce(r.type = 'emergency', false)) as is_emergency
  from controls.deployment_part as p
  left join model.change_request as r on r.change_request_id = p.change_request_id
  group by p.deployment_id, p.part
),
whole as (
  select
    deployment_id,
    bool_or(is_whole and has_request) as has_own,
    bool_or(is_whole and is_emergency) as is_emergency,
    coalesce(bool_and(is_emergency) filter (where not is_whole), false) as are_changes_emergencies
  from part
  group by deployment_id
)
select deployment_id
from whole
where is_emergency or (not has_own and are_changes_emergencies)
order by deployment_id
