/*
title: Deployments
grain: one row per attempt; a skipped run is not one
description: An attempt whose success is dated after the as-of instant is still running.
*/
select
  d.deployment_id,
  d.native_id,
  d.source,
  d.attempt,
  d.service,
  d.environment,
  d.environment_kind,
  d.repository,
  d.sha,
  d.version,
  d.started_at,
  case when d.finished_at < getvariable('as_of') then d.finished_at end as finished_at,
  case when d.live_at < getvariable('as_of') then d.live_at end as live_at,
  case when coalesce(d.finished_at, d.started_at) >= getvariable('as_of') then 'in_progress' else d.status end as status,
  d.deployer,
  d.pipeline_run,
  d.rollback_of,
  d.train,
  d.branch,
  d.labels,
  d.change_requests,
  d.url,
  w.wave_id,
  d.is_known_service,
  d.excluded_reason
from model.reported_deployment as d
left join model.wave_deployment as w on w.deployment_id = d.deployment_id
where d.status <> 'skipped' and (d.started_at is null or d.started_at < getvariable('as_of'))
order by d.deployment_id
