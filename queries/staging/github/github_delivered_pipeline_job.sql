/*
title: Workflow jobs of GitHub as delivered
grain: one row per source and job
*/
with mention as (
  select
    source,
    repository_number,
    delivery,
    payload -> '$.workflow_job' as job,
    staging.whole(payload ->> '$.workflow_job.id') as id,
    staging.whole(payload ->> '$.workflow_job.run_id') as run
  from staging.github_delivery
  where event = 'workflow_job'
),
ranked as (
  select
    source, repository_number, job, id, run,
    row_number() over (
      partition by source, id
      order by case job ->> '$.status' when 'completed' then 1 when 'in_progress' then 2 else 3 end, delivery
    ) as choice
  from mention
  where id is not null and run is not null
)
select n.source, r.repository, cast(n.id as varchar) as id, n.job as payload
from ranked as n
join staging.github_repository as r on r.source = n.source and r.number = n.repository_number
where n.choice = 1
order by n.source, id
