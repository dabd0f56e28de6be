/*
title: Pipeline jobs from events
description: Tasks and builds that say which pipeline run they belong to. A task that ran again is a job of its own.
grain: one row per source and id
*/
with job as (
  select
    *,
    coalesce(stated ->> '$.id', subject_id || case when attempt > 1 then '#' || attempt else '' end) as id
  from staging.events_run
  where pipeline_run is not null
),
ranked as (
  select *, row_number() over (partition by source, id order by subject_type, subject_id, attempt desc) as choice
  from job
)
select
  source,
  id,
  pipeline_run,
  try_cast(stated ->> '$.attempt' as bigint) as attempt,
  coalesce(stated ->> '$.name', name) as name,
  coalesce(try_cast(stated ->> '$.queued_at' as timestamptz), queued_at) as queued_at,
  coalesce(try_cast(stated ->> '$.started_at' as timestamptz), started_at) as started_at,
  coalesce(try_cast(stated ->> '$.finished_at' as timestamptz), finished_at) as finished_at,
  coalesce(stated ->> '$.conclusion', outcome) as conclusion,
  try_cast(stated ->> '$.is_manual' as boolean) as is_manual
from ranked
where choice = 1
order by source, id
