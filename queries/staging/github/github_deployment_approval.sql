/*
title: Decisions on GitHub's deployments
description: >
  As delivered. Where they were not, GitHub has no time on an approval: where the environment needs one, it is taken from the status that
  follows the waiting, and marked as derived. Who approved is not said there.
grain: one row per source and decision
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
  source,
  deployment || ' ' || decision || ' ' || coalesce(approver, '') || ' ' || strftime(decided_at at time zone 'UTC', '%Y-%m-%dT%H:%M:%SZ') as id,
  deployment,
  approver,
  decision,
  decided_at,
  false as is_derived,
  justification
from staging.github_delivered_approval
union all
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
where
  d.choice = 1
  and not exists (select 1 from staging.github_delivered_approval as a where a.source = d.source and a.deployment = d.deployment)
order by source, id
