/*
title: Steps of GitHub's jobs
grain: one row per source, job and step
*/
with step as (
  select
    source,
    repository,
    payload ->> '$.id' as job,
    unnest(
      from_json(
        payload -> '$.steps',
        '[{"number":"BIGINT","name":"VARCHAR","status":"VARCHAR","conclusion":"VARCHAR","started_at":"TIMESTAMPTZ","completed_at":"TIMESTAMPTZ"}]'
      )
    ) as item
  from staging.github_record
  where stream = 'workflow_job'
)
select
  source,
  repository,
  job,
  item.number as number,
  item.name as name,
  item.status as status,
  item.conclusion as conclusion,
  item.started_at as started_at,
  item.completed_at as finished_at
from step
order by source, job, number
