/*
title: Workflow runs of GitHub
description: >
  Read or delivered: a run that both know is one.
  GitHub says when an attempt was asked for and when it last changed. It began with its first job and ended with its last where its jobs are
  read, else at those two instants. The service is the one that it deployed, else the only one of the repository. A conclusion that is
  not known here stays as GitHub words it.
grain: one row per source, run and attempt
*/
with mention as (
  select
    source,
    repository,
    repository_url,
    payload ->> '$.id' as id,
    coalesce(staging.whole(payload ->> '$.run_attempt'), 1) as attempt,
    payload ->> '$.name' as workflow,
    payload,
    1 as precedence
  from staging.github_record
  where stream = 'workflow_run'
  union all
  select source, repository, repository_url, id, attempt, workflow, payload, 2 as precedence
  from staging.github_delivered_pipeline_run
),
ranked as (
  select
    source, repository, repository_url, id, attempt, workflow, payload,
    -- The later word on it, read or delivered.
    row_number() over (
      partition by source, id, attempt order by (payload ->> '$.status') is distinct from 'completed', precedence
    ) as choice
  from mention
),
run as (
  select
    source,
    repository,
    repository_url,
    payload,
    id,
    attempt,
    workflow,
    payload ->> '$.status' as status,
    coalesce(payload ->> '$.conclusion', '') as conclusion,
    coalesce(payload ->> '$.triggering_actor.login', payload ->> '$.actor.login') as actor,
    coalesce(payload ->> '$.triggering_actor.type', payload ->> '$.actor.type') as actor_type,
    staging.instant(coalesce(payload ->> '$.run_started_at', payload ->> '$.created_at')) as asked_at
  from ranked
  where choice = 1
),
job as (
  select source, pipeline_run, attempt, min(started_at) as started_at, max(finished_at) as finished_at
  from staging.github_pipeline_job
  where conclusion is distinct from 'skipped'
  group by source, pipeline_run, attempt
),
deployed as (
  select source, pipeline_run, min(service) as service
  from staging.github_deployment
  where pipeline_run is not null
  group by source, pipeline_run
  having count(distinct service) = 1
)
select
  r.source,
  r.id,
  r.attempt,
  r.workflow,
  coalesce(d.service, s.service) as service,
  r.repository,
  r.payload ->> '$.head_sha' as sha,
  case r.payload ->> '$.event' when 'workflow_dispatch' then 'manual' else r.payload ->> '$.event' end as trigger,
  r.actor || case when r.actor_type = 'Bot' and not ends_with(r.actor, '[bot]') then '[bot]' else '' end as actor,
  r.asked_at as queued_at,
  coalesce(j.started_at, case when r.status in ('in_progress', 'completed') then r.asked_at end) as started_at,
  case when r.status = 'completed' then coalesce(j.finished_at, staging.instant(r.payload ->> '$.updated_at')) end as finished_at,
  case r.conclusion
    when '' then null
    when 'neutral' then 'success'
    when 'startup_failure' then 'failure'
    when 'stale' then 'cancelled'
    when 'action_required' then 'skipped'
    else r.conclusion
  end as conclusion,
  r.repository_url || '/actions/runs/' || r.id || case when r.attempt > 1 then '/attempts/' || r.attempt else '' end as url
from run as r
left join job as j on j.source = r.source and j.pipeline_run = r.id and j.attempt = r.attempt
left join deployed as d on d.source = r.source and d.pipeline_run = r.id
left join staging.github_service as s on s.source = r.source and s.repository = r.repository and s.is_only
order by r.source, r.id, r.attempt
