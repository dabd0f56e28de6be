/*
title: Deployments from events
description: >
  A service deployed, upgraded or rolled back is an attempt that succeeded when the event happened. CDEvents cannot say that one
  failed: a finished run that states a deployment is an attempt that ended as the run did. Of several events about one attempt the first
  success counts, else the last word. A roll-back that does not say of what takes back the attempt before it, where that went
  live with another commit or version.
grain: one row per source and id and attempt
*/
with said as (
  select
    e.source,
    e.event_key,
    e.predicate,
    e."at",
    e.service,
    e.environment,
    e.repository,
    e.sha,
    e.version,
    e.artifact_id,
    coalesce(e.stated ->> '$.deployment.id', e.event_id) as id,
    staging.whole(e.stated ->> '$.deployment.attempt') as attempt,
    coalesce(e.stated ->> '$.deployment.status', case when e.subject_type = 'service' then 'success' else replace(e.outcome, 'timed_out', 'failure') end) as status,
    case when e.subject_type = 'pipelinerun' then e.subject_id else e.content ->> '$.pipelineRun.id' end as pipeline_run,
    e.stated -> '$.deployment' as stated
  from staging.events_event as e
  where
    e.subject_type = 'service' and e.predicate in ('deployed', 'upgraded', 'rolledback')
    or e.subject_type in ('pipelinerun', 'taskrun', 'build') and e.predicate = 'finished' and json_type(e.stated, '$.deployment') = 'OBJECT'
),
attempt as (
  select
    d.source,
    d.id,
    d.attempt,
    d.predicate,
    d.event_key,
    coalesce(d.stated ->> '$.service', d.service) as service,
    coalesce(d.stated ->> '$.environment', d.environment) as environment,
    coalesce(d.stated ->> '$.repository', d.repository) as repository,
    coalesce(d.stated ->> '$.sha', d.sha, a.sha) as sha,
    coalesce(d.stated ->> '$.version', d.version, a.version) as version,
    staging.instant(d.stated ->> '$.started_at') as started_at,
    coalesce(staging.instant(d.stated ->> '$.finished_at'), d."at") as finished_at,
    d.status,
    coalesce(d.stated ->> '$.pipeline_run', d.pipeline_run) as pipeline_run,
    d.stated
  from said as d
  left join staging.events_artifact as a on a.source = d.source and a.artifact_id = d.artifact_id
),
chosen as (
  select
    *,
    row_number() over (
      partition by source, id, coalesce(attempt, 1)
      order by status = 'success' desc, case when status = 'success' then finished_at end, finished_at desc, event_key
    ) as choice
  from attempt
  where service is not null and environment is not null and status is not null
),
ordered as (
  select
    *,
    lag(struct_pack(id := id, status := status, shipped := coalesce(sha, version))) over (
      partition by source, service, environment, status = 'skipped' order by finished_at, id, coalesce(attempt, 1)
    ) as before
  from chosen
  where choice = 1
)
select
  source,
  id,
  attempt,
  service,
  environment,
  repository,
  sha,
  version,
  started_at,
  finished_at,
  status,
  stated ->> '$.deployer' as deployer,
  pipeline_run,
  coalesce(
    stated ->> '$.rollback_of',
    case when predicate = 'rolledback' and before.status = 'success' and before.shipped is distinct from coalesce(sha, version) then before.id end
  ) as rollback_of,
  stated ->> '$.train' as train,
  stated ->> '$.branch' as branch,
  try_cast(stated -> '$.labels' as varchar[]) as labels,
  try_cast(stated -> '$.change_requests' as varchar[]) as change_requests,
  stated ->> '$.url' as url
from ordered
order by source, id, attempt
