/*
title: Pipeline runs
grain: one row per attempt of a run
*/
with reported as (
  select
    source, id, attempt, workflow, service, repository, sha, trigger, actor, queued_at, started_at, finished_at, conclusion, url
  from staging.files_pipeline_run
  union all
  select
    source, id, attempt, workflow, service, repository, sha, trigger, actor, queued_at, started_at, finished_at, conclusion, url
  from staging.events_pipeline_run
  union all
  select
    source, id, attempt, workflow, service, repository, sha, trigger, actor, queued_at, started_at, finished_at, conclusion, url
  from staging.github_pipeline_run
  union all
  select
    source, id, attempt, workflow, service, repository, sha, trigger, actor, queued_at, started_at, finished_at, conclusion, url
  from staging.gitlab_pipeline_run
)
select
  p.source || ':' || p.id || case when coalesce(p.attempt, 1) > 1 then '#' || p.attempt else '' end as pipeline_run_id,
  p.id as native_id,
  p.source,
  coalesce(p.attempt, 1) as attempt,
  p.workflow,
  p.service,
  p.repository,
  p.sha,
  p.trigger,
  p.actor,
  p.queued_at,
  p.started_at,
  p.finished_at,
  p.conclusion,
  p.url
from reported as p
where p.started_at is null or p.started_at < getvariable('as_of')
order by pipeline_run_id
