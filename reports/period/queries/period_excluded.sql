/*
title: Production deployments that configuration leaves out
grain: one row per production deployment of the period with a reason for leaving it out
description: They are in no population, so that the reason has to be read.
version: 1
*/
select
  d.deployment_id,
  d.service,
  d.environment,
  coalesce(d.started_at, d.finished_at) as occurred_at,
  d.status,
  d.excluded_reason
from model.deployment as d
where
  d.environment_kind = 'production'
  and d.excluded_reason is not null
  and coalesce(d.started_at, d.finished_at) >= getvariable('period_from')
  and coalesce(d.started_at, d.finished_at) < getvariable('period_until')
  and (len(getvariable('period_services')) = 0 or coalesce(list_contains(getvariable('period_services'), d.service), false))
order by occurred_at, d.deployment_id
