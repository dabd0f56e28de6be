/*
title: Workflow runs of GitHub as delivered
grain: one row per source, run and attempt
*/
with mention as (
  select
    source,
    repository_number,
    delivery,
    payload -> '$.workflow_run' as run,
    payload ->> '$.workflow.name' as workflow,
    try_cast(payload ->> '$.workflow_run.id' as bigint) as id,
    coalesce(try_cast(payload ->> '$.workflow_run.run_attempt' as bigint), 1) as attempt,
    try_cast(payload ->> '$.workflow_run.updated_at' as timestamptz) as updated_at
  from staging.github_delivery
  where event = 'workflow_run'
),
ranked as (
  select
    source, repository_number, run, workflow, id, attempt, updated_at,
    row_number() over (
      partition by source, id, attempt
      -- The first word on how it ended: a run is touched again later on.
      order by (run ->> '$.status') is distinct from 'completed', case when (run ->> '$.status') = 'completed' then updated_at end, updated_at desc, delivery
    ) as choice
  from mention
  where id is not null
)
select
  n.source,
  cast(n.id as varchar) as id,
  n.attempt,
  coalesce(n.workflow, n.run ->> '$.name') as workflow,
  s.service,
  r.repository,
  n.run ->> '$.head_sha' as sha,
  n.run ->> '$.event' as trigger,
  coalesce(n.run ->> '$.triggering_actor.login', n.run ->> '$.actor.login') as actor,
  case when n.attempt = 1 then try_cast(n.run ->> '$.created_at' as timestamptz) end as queued_at,
  try_cast(coalesce(n.run ->> '$.run_started_at', n.run ->> '$.created_at') as timestamptz) as started_at,
  case when (n.run ->> '$.status') = 'completed' then n.updated_at end as finished_at,
  n.run ->> '$.conclusion' as conclusion,
  n.run ->> '$.html_url' as url
from ranked as n
join staging.github_repository as r on r.source = n.source and r.number = n.repository_number
left join staging.github_service as s on s.source = r.source and s.repository = r.repository and s.is_only
where n.choice = 1
order by n.source, id, n.attempt
