/*
title: "Attribute of deployments: pipeline run again"
grain: one row per production wave of which it is known
description: >
  It took more than one try: the attempt that went live was not the first of its deployment or of its pipeline run, or an attempt to deploy the same commit or
  version failed or was cancelled there in the day before. Known of sources that report an attempt that never went live, or a second one.
*/
with telling as (
  select distinct source
  from model.deployment
  where environment_kind = 'production' and (coalesce(attempt, 1) > 1 or status in ('failure', 'cancelled'))
),
tried as (
  select w.wave_id, coalesce(d.attempt, 1) > 1 as is_retried
  from model.wave_deployment as w
  join model.deployment as d on d.deployment_id = w.deployment_id
  join telling as t on t.source = d.source
  union all
  select w.wave_id, true as is_retried
  from model.wave_deployment as w
  join model.deployment as d on d.deployment_id = w.deployment_id
  join model.pipeline_run as p on p.native_id = d.pipeline_run and p.source = d.source
  where p.attempt > 1 and p.started_at < w.live_at
  union all
  select w.wave_id, true as is_retried
  from model.wave_deployment as w
  join model.deployment as d on d.deployment_id = w.deployment_id
  join model.deployment as f
    on
      f.service = d.service
      and f.environment = d.environment
      and coalesce(f.sha, f.version) = coalesce(d.sha, d.version)
      and f.status in ('failure', 'cancelled')
      and f.live_at is null
      and coalesce(f.started_at, f.finished_at) < w.live_at
      and coalesce(f.started_at, f.finished_at) >= w.live_at - interval 1 day
)
select
  wave_id as subject,
  'retried' as attribute,
  bool_or(is_retried) as flag,
  null::varchar as category,
  null::double as number
from tried
group by wave_id
order by subject
