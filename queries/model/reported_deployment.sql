/*
title: Deployment attempts as reported
grain: one row per attempt
description: >
  Environment names are resolved, an abbreviated hash is completed where one commit of the repository begins with it, the name of a tag is the commit that it
  points to, the commit is taken from the release where only a version is given, and the
  instant of success is when the attempt first was one. `excluded_reason` says why a row does not count.
*/
with reported as (
  select
    source, id, 1 as attempt, service, environment, repository, sha, version, started_at, finished_at, status,
    null as deployer, null as pipeline_run, null as rollback_of, null as train, null as branch, null::varchar[] as labels,
    null::varchar[] as change_requests, null as url
  from staging.git_deployment
  union all
  select
    source, id, coalesce(attempt, 1) as attempt, service, environment, repository, sha, version, started_at, finished_at,
    status, deployer, pipeline_run, rollback_of, train, branch, labels, change_requests, url
  from staging.files_deployment
  union all
  select
    source, id, coalesce(attempt, 1) as attempt, service, environment, repository, sha, version, started_at, finished_at,
    status, deployer, pipeline_run, rollback_of, train, branch, labels, change_requests, url
  from staging.events_deployment
  union all
  select
    source, id, 1 as attempt, service, environment, repository, sha, version, started_at, finished_at,
    status, deployer, pipeline_run, rollback_of, train, branch, labels, change_requests, url
  from staging.github_deployment
  union all
  select
    source, id, 1 as attempt, service, environment, repository, sha, version, started_at, finished_at,
    status, deployer, pipeline_run, rollback_of, train, branch, labels, change_requests, url
  from staging.gitlab_deployment
),
identified as (
  select
    source || ':' || id || case when attempt > 1 then '#' || attempt else '' end as deployment_id,
    source, id, attempt, service, environment, repository, sha, version, started_at, finished_at,
    status, deployer, pipeline_run, rollback_of, train, branch, labels, change_requests, url
  from reported
),
abbreviated as (
  select distinct coalesce(d.repository, s.repository) as repository, d.sha
  from identified as d
  left join model.service as s on s.service = d.service
  where length(d.sha) between 7 and 39
),
full_sha as (
  select a.repository, a.sha, min(c.sha) as full_sha
  from model.reported_commit as c
  join abbreviated as a
    on
      a.repository = c.repository
      and substr(lower(a.sha), 1, 7) = substr(c.sha, 1, 7)
      and starts_with(c.sha, lower(a.sha))
  group by a.repository, a.sha
  having count(*) = 1
),
tag as (
  select repository, name, sha
  from model.ref
  where kind = 'tag'
  union
  select repository, 'refs/tags/' || name as name, sha
  from model.ref
  where kind = 'tag'
)
select
  d.deployment_id,
  d.id as native_id,
  d.source,
  d.attempt,
  d.service,
  coalesce(n.environment, d.environment) as environment,
  e.kind as environment_kind,
  e.wave as wave_name,
  coalesce(d.repository, s.repository) as repository,
  coalesce(f.full_sha, t.sha, d.sha, r.sha) as sha,
  d.version,
  coalesce(d.started_at, d.finished_at) as started_at,
  d.started_at is not null as is_start_stated,
  d.finished_at,
  case when d.status = 'success' then coalesce(d.finished_at, d.started_at) end as live_at,
  d.status,
  d.deployer,
  d.pipeline_run,
  d.rollback_of,
  d.train,
  d.branch,
  coalesce(d.labels, []) as labels,
  coalesce(d.change_requests, []) as change_requests,
  d.url,
  s.service is not null as is_known_service,
  coalesce(x.reason, y.reason) as excluded_reason
from identified as d
left join model.service as s on s.service = d.service
left join model.environment_name as n on n.name = d.environment
left join model.environment as e on e.environment = n.environment
left join model.release as r on r.service = d.service and r.version = d.version
left join full_sha as f on f.repository = coalesce(d.repository, s.repository) and f.sha = d.sha
left join tag as t on t.repository = coalesce(d.repository, s.repository) and t.name = d.sha
left join staging.config_excluded_deployment as x on x.deployment = d.id
left join staging.config_excluded_deployment as y on y.deployment = d.deployment_id
order by d.deployment_id
