/*
title: Production deployments that go by the emergency route
grain: one row per attempt all of whose requests are emergencies
description: Requests are its own; where it names none, those of its changes, if each of them has one.
*/
with part as (
  select
    p.deployment_id,
    p.part = 'deployment' as is_whole,
    bool_and(coalesce(r.type = 'emergency', false)) as is_emergency
  from controls.deployment_part as p
  left join model.change_request as r on r.change_request_id = p.change_request_id
  where p.change_request_id is not null
  group by p.deployment_id, p.part
),
whole as (
  select
    deployment_id,
    bool_or(is_whole) as has_own,
    bool_or(is_whole and is_emergency) as is_emergency,
    count(*) filter (where not is_whole and is_emergency) as emergency_changes
  from part
  group by deployment_id
)
select w.deployment_id
from whole as w
left join controls.deployment_change_count as b on b.deployment_id = w.deployment_id
where w.is_emergency or (not w.has_own and w.emergency_changes = b.changes)
order by w.deployment_id
