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
    staging.whole(payload ->> '$.workflow_run.id') as id,
    coalesce(staging.whole(payload ->> '$.workflow_run.run_attempt'), 1) as attempt,
    staging.instant(payload ->> '$.workflow_run.updated_at') as updated_at
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
  r.repository,
  r.url as repository_url,
  cast(n.id as varchar) as id,
  n.attempt,
  coalesce(n.workflow, n.run ->> '$.name') as workflow,
  n.run as payload
from ranked as n
join staging.github_repository as r on r.source = n.source and r.number = n.repository_number
where n.choice = 1
order by n.source, id, n.attempt
