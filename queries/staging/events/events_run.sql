/*
title: Runs from events
description: >
  Pipeline runs, builds and task runs by attempt. An attempt is stated, else a run that is queued or started again after it had
  finished is its next one. Queued, started and finished may come in any order, and any of them may be missing.
grain: one row per source, kind of run, run and attempt
*/
with said as (
  select
    source,
    event_key,
    subject_type,
    predicate,
    "at",
    subject_id,
    coalesce(stated ->> '$.pipeline_run.service', service) as service,
    coalesce(stated ->> '$.pipeline_run.repository', repository) as repository,
    coalesce(stated ->> '$.pipeline_run.sha', sha) as sha,
    outcome,
    coalesce(content ->> '$.pipelineName', content ->> '$.taskName') as name,
    coalesce(stated ->> '$.pipeline_job.pipeline_run', content ->> '$.pipelineRun.id') as pipeline_run,
    -- Version 0.4 calls it url.
    coalesce(content ->> '$.uri', content ->> '$.url') as url,
    case predicate when 'queued' then 1 when 'started' then 2 else 3 end as step,
    staging.whole(stated ->> '$.pipeline_run.attempt') as stated_attempt,
    coalesce(stated -> '$.pipeline_run', stated -> '$.pipeline_job') as stated
  from staging.events_event
  where subject_type in ('pipelinerun', 'taskrun', 'build') and predicate in ('queued', 'started', 'finished')
),
begun as (
  select
    *,
    case
      when step < 3 and lag(step) over (partition by source, subject_type, subject_id order by "at", step, event_key) = 3 then 1
      else 0
    end as is_begun_again
  from said
),
numbered as (
  select
    *,
    coalesce(
      stated_attempt,
      (
        1 + sum(is_begun_again) over (
          partition by source, subject_type, subject_id order by "at", step, event_key
          rows between unbounded preceding and current row
        )
      )::bigint
    ) as attempt
  from begun
),
folded as (
  select
    source,
    subject_type,
    subject_id,
    attempt,
    arg_max(name, struct_pack("at" := "at", k := event_key)) as name,
    arg_max(pipeline_run, struct_pack("at" := "at", k := event_key)) as pipeline_run,
    arg_max(service, struct_pack("at" := "at", k := event_key)) as service,
    arg_max(repository, struct_pack("at" := "at", k := event_key)) as repository,
    arg_max(sha, struct_pack("at" := "at", k := event_key)) as sha,
    min("at") filter (where step = 1) as queued_at,
    min("at") filter (where step = 2) as started_at,
    min("at") filter (where step = 3) as finished_at,
    arg_min(outcome, struct_pack("at" := "at", k := event_key)) filter (where step = 3) as outcome,
    arg_max(url, struct_pack("at" := "at", k := event_key)) as url,
    list_reduce(list(stated order by "at", event_key) filter (where stated is not null), lambda a, b: json_merge_patch(a, b)) as stated
  from numbered
  group by source, subject_type, subject_id, attempt
)
select
  source,
  subject_type,
  subject_id,
  attempt,
  -- What one attempt says of the run holds for all of them.
  coalesce(name, min(name) over (partition by source, subject_type, subject_id)) as name,
  coalesce(pipeline_run, min(pipeline_run) over (partition by source, subject_type, subject_id)) as pipeline_run,
  coalesce(service, min(service) over (partition by source, subject_type, subject_id)) as service,
  coalesce(repository, min(repository) over (partition by source, subject_type, subject_id)) as repository,
  coalesce(sha, min(sha) over (partition by source, subject_type, subject_id)) as sha,
  queued_at,
  started_at,
  finished_at,
  outcome,
  url,
  stated
from folded
order by source, subject_type, subject_id, attempt
