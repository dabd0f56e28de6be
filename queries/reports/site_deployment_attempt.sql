/*
title: Attempts that never went live, by month
grain: one row per production attempt that never went live or is excluded by configuration
description: >
  Filed by their start, newest first by `position`. `then_` columns tell the first deployment of the same commit or version that went live in the
  same environment afterwards: the attempt was run again until it worked.
*/
with failed as (
  select
    deployment_id, service, environment, coalesce(sha, version) as identity, sha, version, attempt, started_at, finished_at, status, deployer,
    pipeline_run, source, excluded_reason, url
  from model.deployment
  where environment_kind = 'production' and (live_at is null or excluded_reason is not null) and coalesce(started_at, finished_at) is not null
),
later as (
  select
    f.deployment_id,
    d.wave_id,
    row_number() over (partition by f.deployment_id order by d.live_at, d.wave_id) as choice
  from failed as f
  join model.deployment as d
    on
      d.service = f.service
      and d.environment = f.environment
      and coalesce(d.sha, d.version) = f.identity
      and d.live_at >= coalesce(f.started_at, f.finished_at)
      and d.wave_id is not null
)
select
  f.service,
  strftime(timezone(getvariable('time_zone'), coalesce(f.started_at, f.finished_at)), '%Y-%m') as month,
  row_number() over (partition by f.service order by coalesce(f.started_at, f.finished_at) desc, f.deployment_id) as position,
  f.deployment_id,
  f.environment,
  f.version,
  f.sha,
  f.attempt,
  coalesce(f.started_at, f.finished_at) as started_at,
  case when f.finished_at > f.started_at then date_diff('second', f.started_at, f.finished_at) end as duration_seconds,
  f.status,
  case when f.excluded_reason is not null then 'excluded: ' || f.excluded_reason end as reason,
  f.pipeline_run,
  f.excluded_reason is not null as is_excluded,
  l.wave_id as then_wave_id,
  w.live_at as then_live_at,
  p.month as then_month,
  p.page as then_page,
  a.shown_as as deployer,
  f.url
from failed as f
left join later as l on l.deployment_id = f.deployment_id and l.choice = 1
left join model.wave as w on w.wave_id = l.wave_id
left join reports.site_wave_place as p on p.wave_id = l.wave_id
left join model.actor as a on a.login = f.deployer
order by f.service, position
