/*
title: Decisions on GitHub's deployments
description: >
  GitHub has no time on an approval: where the environment needs one, it is taken from the status that follows the waiting, and marked
  as derived. Who approved is not said there.
grain: one row per source and deployment that waited
*/
with status as (
  select
    source,
    deployment,
    state,
    created_at,
    id,
    lead(state) over (partition by source, deployment order by created_at, id) as next_state,
    lead(created_at) over (partition by source, deployment order by created_at, id) as next_at
  from staging.github_deployment_status
),
decision as (
  select
    source,
    deployment,
    state,
    next_state,
    next_at,
    row_number() over (partition by source, deployment order by next_at, id) as choice
  from status
  where state = 'WAITING' and next_state is not null and next_state <> 'WAITING'
),
guarded as (
  select d.source, d.payload ->> '$.databaseId' as deployment
  from staging.github_record as d
  join staging.github_environment as e
    on e.source = d.source and e.repository = d.repository and e.name = (d.payload ->> '$.environment') and e.needs_approval
  where d.stream = 'deployment'
)
select
  d.source,
  d.deployment || ' approval' as id,
  d.deployment,
  cast(null as varchar) as approver,
  case when d.next_state in ('FAILURE', 'ERROR', 'INACTIVE') then 'rejected' else 'approved' end as decision,
  d.next_at as decided_at,
  true as is_derived,
  cast(null as varchar) as justification
from decision as d
join guarded as g on g.source = d.source and g.deployment = d.deployment
where d.choice = 1
order by d.source, id
