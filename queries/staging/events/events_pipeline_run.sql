/*
title: Pipeline runs from events
description: Pipeline runs, builds, and tasks that belong to no pipeline run.
grain: one row per source and id and attempt
*/
with ranked as (
  select
    *,
    coalesce(stated ->> '$.id', subject_id) as id,
    row_number() over (
      partition by source, coalesce(stated ->> '$.id', subject_id), attempt
      order by case subject_type when 'pipelinerun' then 1 when 'build' then 2 else 3 end, subject_id
    ) as choice
  from staging.events_run
  where pipeline_run is null
)
select
  source,
  id,
  attempt,
  coalesce(stated ->> '$.workflow', name, case when subject_type = 'build' then 'build' end) as workflow,
  service,
  repository,
  sha,
  stated ->> '$.trigger' as trigger,
  stated ->> '$.actor' as actor,
  coalesce(staging.instant(stated ->> '$.queued_at'), queued_at) as queued_at,
  coalesce(staging.instant(stated ->> '$.started_at'), started_at) as started_at,
  coalesce(staging.instant(stated ->> '$.finished_at'), finished_at) as finished_at,
  coalesce(stated ->> '$.conclusion', outcome) as conclusion,
  coalesce(stated ->> '$.url', url) as url
from ranked
where choice = 1
order by source, id, attempt
