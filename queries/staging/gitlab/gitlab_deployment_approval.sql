/*
title: Decisions on GitLab's deployments
description: With who decided, when, and what they wrote.
grain: one row per source, deployment and decision
*/
with decision as (
  select
    source,
    repository,
    id,
    unnest(
      from_json(payload -> '$.approvals', '[{"user":{"username":"VARCHAR"},"status":"VARCHAR","created_at":"VARCHAR","comment":"VARCHAR"}]')
    ) as item,
    generate_subscripts(from_json(payload -> '$.approvals', '["JSON"]'), 1) as place
  from staging.gitlab_record
  where stream = 'deployment' and json_type(payload -> '$.approvals') = 'ARRAY'
)
select
  a.source,
  d.id || ' approval ' || a.place as id,
  d.id as deployment,
  a.item.user.username as approver,
  a.item.status as decision,
  staging.instant(a.item.created_at) as decided_at,
  false as is_derived,
  nullif(a.item.comment, '') as justification
from decision as a
join staging.gitlab_deployment as d on d.source = a.source and d.repository = a.repository and d.deployment = a.id
where a.item.status in ('approved', 'rejected')
order by a.source, id
