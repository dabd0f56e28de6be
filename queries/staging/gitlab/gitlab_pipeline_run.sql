/*
title: Pipelines of GitLab
description: >
  Repeated jobs belong to the same pipeline, so each has one attempt. It began and ended when GitLab says, where it was asked, else when it was made and last
  changed. The service is the one that it deployed, else the only one of the project. What waits for somebody is not over.
grain: one row per source and pipeline
*/
with deployed as (
  select source, pipeline_run, min(service) as service
  from staging.gitlab_deployment
  where pipeline_run is not null
  group by source, pipeline_run
  having count(distinct service) = 1
),
pipeline as (
  select source, repository, project_url, id, payload, payload ->> '$.status' as status
  from staging.gitlab_record
  where stream = 'pipeline'
)
select
  p.source,
  p.id,
  cast(1 as bigint) as attempt,
  coalesce(p.payload ->> '$.name', p.payload ->> '$.ref') as workflow,
  coalesce(d.service, s.service) as service,
  p.repository,
  p.payload ->> '$.sha' as sha,
  case p.payload ->> '$.source' when 'web' then 'manual' else p.payload ->> '$.source' end as trigger,
  p.payload ->> '$.user.username' as actor,
  staging.instant(p.payload ->> '$.created_at') as queued_at,
  staging.instant(p.payload ->> '$.started_at') as started_at,
  case
    when p.status in ('success', 'failed', 'canceled', 'skipped')
      then coalesce(staging.instant(p.payload ->> '$.finished_at'), staging.instant(p.payload ->> '$.updated_at'))
  end as finished_at,
  case p.status
    when 'success' then 'success'
    when 'failed' then 'failure'
    when 'canceled' then 'cancelled'
    when 'skipped' then 'skipped'
  end as conclusion,
  p.project_url || '/-/pipelines/' || p.id as url
from pipeline as p
left join deployed as d on d.source = p.source and d.pipeline_run = p.id
left join staging.gitlab_service as s on s.source = p.source and s.repository = p.repository and s.is_only
order by p.source, p.id
