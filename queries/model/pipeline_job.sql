/*
title: Pipeline jobs
grain: one row per job
*/
with reported as (
  select
    source, id, pipeline_run, attempt, name, queued_at, started_at, finished_at, conclusion, is_manual
  from staging.files_pipeline_job
  union all
  select
    source, id, pipeline_run, attempt, name, queued_at, started_at, finished_at, conclusion, is_manual
  from staging.events_pipeline_job
  union all
  select
    source, id, pipeline_run, attempt, name, queued_at, started_at, finished_at, conclusion, is_manual
  from staging.github_pipeline_job
  union all
  select
    source, id, pipeline_run, attempt, name, queued_at, started_at, finished_at, conclusion, is_manual
  from staging.gitlab_pipeline_job
)
select
  j.source || ':' || j.id as pipeline_job_id,
  r.pipeline_run_id,
  j.name,
  j.queued_at,
  j.started_at,
  j.finished_at,
  j.conclusion,
  coalesce(j.is_manual, false) as is_manual
from reported as j
join model.pipeline_run as r
  on r.source = j.source and r.native_id = j.pipeline_run and r.attempt = coalesce(j.attempt, 1)
where j.started_at is null or j.started_at < getvariable('as_of')
order by pipeline_job_id
