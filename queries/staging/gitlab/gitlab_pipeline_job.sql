/*
title: Jobs of GitLab's pipelines
description: Of the pipelines whose jobs are read, retried ones included. It was queued as long before it began as GitLab says, else when it was made.
grain: one row per source and job
*/
with job as (
  select
    source,
    id as pipeline_run,
    unnest(
      from_json(
        payload -> '$.jobs',
        '[{"id":"VARCHAR","name":"VARCHAR","status":"VARCHAR","created_at":"VARCHAR","started_at":"VARCHAR","finished_at":"VARCHAR","queued_duration":"DOUBLE","when":"VARCHAR","manual":"BOOLEAN"}]'
      )
    ) as item
  from staging.gitlab_record
  where stream = 'pipeline'
)
select
  source,
  item.id as id,
  pipeline_run,
  cast(1 as bigint) as attempt,
  item.name as name,
  coalesce(
    try(staging.instant(item.started_at) - to_milliseconds(item.queued_duration * 1000)),
    staging.instant(item.created_at)
  ) as queued_at,
  staging.instant(item.started_at) as started_at,
  staging.instant(item.finished_at) as finished_at,
  case item.status
    when 'success' then 'success'
    when 'failed' then 'failure'
    when 'canceled' then 'cancelled'
    when 'skipped' then 'skipped'
  end as conclusion,
  case when item.status = 'manual' then true else item.manual end as is_manual
from job
order by source, id
