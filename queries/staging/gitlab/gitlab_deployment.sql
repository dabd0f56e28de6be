/*
title: Deployments of GitLab
description: >
  It began with its job, else when it was made, and ended with its job, else with its last update. The service is the one whose name the environment begins with, as in payments/production or
  payments-production, else the only one of the project, else the one that the name of the job names; a deployment of a project with several
  services that says nothing is one of each of them. What waits for approval is in progress.
grain: one row per source, deployment and service
*/
with deployment as (
  select
    source,
    repository,
    project_url,
    id,
    payload,
    payload ->> '$.environment.name' as environment,
    payload ->> '$.deployable.name' as job,
    payload ->> '$.status' as state
  from staging.gitlab_record
  where stream = 'deployment'
),
candidate as (
  select
    d.source,
    d.repository,
    d.id,
    s.service,
    coalesce(starts_with(d.environment, s.service || '-') or starts_with(d.environment, s.service || '/'), false) as is_named,
    coalesce(regexp_matches(lower(d.job), '(^|[^a-z0-9])' || regexp_escape(lower(s.service)) || '($|[^a-z0-9])'), false) as is_job,
    s.is_only
  from deployment as d
  join staging.gitlab_service as s on s.source = d.source and s.repository = d.repository
),
ranked as (
  select
    source,
    repository,
    id,
    service,
    is_named and not is_only as is_prefixed,
    rank() over (
      partition by source, repository, id
      -- Of `pay-` and `pay-later-` the longer name is meant.
      order by is_named desc, is_job desc, case when is_named or is_job then length(service) end desc
    ) as choice
  from candidate
)
select
  d.source,
  d.id || case when count(*) over (partition by d.source, d.repository, d.id) > 1 then '/' || c.service else '' end as id,
  d.id as deployment,
  c.service,
  case when c.is_prefixed then substr(d.environment, length(c.service) + 2) else d.environment end as environment,
  d.repository,
  d.payload ->> '$.sha' as sha,
  case
    when try_cast(d.payload ->> '$.deployable.tag' as boolean)
      then nullif(regexp_extract(
        case
          when starts_with(d.payload ->> '$.ref', c.service || '-') then substr(d.payload ->> '$.ref', length(c.service) + 2)
          else d.payload ->> '$.ref'
        end,
        '[0-9].*$'
      ), '')
  end as version,
  coalesce(staging.instant(d.payload ->> '$.deployable.started_at'), staging.instant(d.payload ->> '$.created_at')) as started_at,
  case
    when d.state in ('success', 'failed', 'canceled', 'skipped')
      then coalesce(
        staging.instant(d.payload ->> '$.deployable.finished_at'),
        staging.instant(d.payload ->> '$.finished_at'),
        staging.instant(d.payload ->> '$.updated_at')
      )
  end as finished_at,
  case d.state
    when 'success' then 'success'
    when 'failed' then 'failure'
    when 'canceled' then 'cancelled'
    when 'skipped' then 'skipped'
    else 'in_progress'
  end as status,
  coalesce(d.payload ->> '$.deployable.user.username', d.payload ->> '$.user.username') as deployer,
  d.payload ->> '$.deployable.pipeline.id' as pipeline_run,
  cast(null as varchar) as rollback_of,
  cast(null as varchar) as train,
  case when not coalesce(try_cast(d.payload ->> '$.deployable.tag' as boolean), false) then d.payload ->> '$.ref' end as branch,
  cast(null as varchar[]) as labels,
  cast(null as varchar[]) as change_requests,
  -- Addresses are made from the project's, which changes with its name.
  coalesce(
    d.project_url || '/-/jobs/' || (d.payload ->> '$.deployable.id'),
    d.project_url || '/-/environments/' || (d.payload ->> '$.environment.id')
  ) as url
from deployment as d
join ranked as c on c.source = d.source and c.repository = d.repository and c.id = d.id and c.choice = 1
order by d.source, id
