/*
title: Deployment log of releases
grain: one row per release and deployment attempt, in every environment
rule: an attempt belongs to a release by its version, or by its commit where it states no version
*/
with matched as (
  select r.service, r.version, d.deployment_id
  from reports.release_scope as r
  join model.deployment as d on d.service = r.service and d.version = r.version
  union
  select r.service, r.version, d.deployment_id
  from reports.release_scope as r
  join model.deployment as d on d.service = r.service and d.sha = r.sha
  where d.version is null
)
select
  m.service,
  m.version,
  d.deployment_id,
  d.native_id,
  d.attempt,
  d.environment,
  d.environment_kind,
  d.sha,
  d.status,
  d.started_at,
  d.finished_at,
  d.live_at,
  case when d.finished_at > d.started_at then date_diff('second', d.started_at, d.finished_at) end as duration_seconds,
  case when d.deployer is null then 'not recorded' else coalesce(a.shown_as, 'withheld') end as deployer,
  d.pipeline_run,
  d.wave_id,
  w.kind as wave_kind,
  d.train,
  d.labels,
  d.change_requests,
  d.source,
  d.url,
  d.excluded_reason
from matched as m
join model.deployment as d on d.deployment_id = m.deployment_id
left join model.wave as w on w.wave_id = d.wave_id
left join model.actor as a on a.login = d.deployer
order by m.service, m.version, d.started_at nulls last, d.deployment_id
