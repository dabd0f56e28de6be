/*
title: Pipeline jobs from events
description: >
  Tasks and builds that say which pipeline run they belong to. A task that ran again is a job of its own. Where nobody states to which attempt of the
  run a job belongs, it is the one that had begun by then.
grain: one row per source and id
*/
with job as (
  select
    *,
    coalesce(stated ->> '$.id', subject_id || case when attempt > 1 then '#' || attempt else '' end) as id
  from staging.events_run
  where pipeline_run is not null
),
during as (
  select j.source, j.subject_type, j.subject_id, j.attempt, max(r.attempt) as run_attempt
  from job as j
  join staging.events_run as r
    on
      r.source = j.source
      and r.subject_type = 'pipelinerun'
      and r.subject_id = j.pipeline_run
      and least(r.queued_at, r.started_at, r.finished_at) <= least(j.queued_at, j.started_at, j.finished_at)
  group by j.source, j.subject_type, j.subject_id, j.attempt
),
ranked as (
  select
    j.*,
    d.run_attempt,
    row_number() over (partition by j.source, j.id order by j.subject_type, j.subject_id, j.attempt desc) as choice
  from job as j
  left join during as d
    on d.source = j.source and d.subject_type = j.subject_type and d.subject_id = j.subject_id and d.attempt = j.attempt
)
select
  source,
  id,
  pipeline_run,
  coalesce(staging.whole(stated ->> '$.attempt'), run_attempt) as attempt,
  coalesce(stated ->> '$.name', name) as name,
  coalesce(staging.instant(stated ->> '$.queued_at'), queued_at) as queued_at,
  coalesce(staging.instant(stated ->> '$.started_at'), started_at) as started_at,
  coalesce(staging.instant(stated ->> '$.finished_at'), finished_at) as finished_at,
  coalesce(stated ->> '$.conclusion', outcome) as conclusion,
  try_cast(stated ->> '$.is_manual' as boolean) as is_manual
from ranked
where choice = 1
order by source, id
