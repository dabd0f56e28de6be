/*
title: Production deployments that controls look at
grain: one row per attempt to put something into production
description: >
  Also what failed or was cancelled once it had begun; what was excluded by configuration is not here. `occurred_at` is when it began, else when it ended. `wave_id` is
  null where it never went live.
*/
select
  d.deployment_id,
  d.service,
  d.environment,
  d.repository,
  d.sha,
  d.version,
  d.started_at,
  d.finished_at,
  coalesce(d.started_at, d.finished_at) as occurred_at,
  d.live_at,
  d.status,
  d.deployer,
  d.pipeline_run,
  d.labels,
  d.branch,
  d.train,
  d.url,
  d.wave_id,
  s.tier,
  coalesce(s.regulated, []) as regulated
from model.deployment as d
left join model.service as s on s.service = d.service
where
  d.environment_kind = 'production'
  and d.excluded_reason is null
  and coalesce(d.started_at, d.finished_at) is not null
order by d.deployment_id
