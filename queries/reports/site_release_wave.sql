/*
title: Production deployments of releases on pages
grain: one row per release and wave that went live in production
description: With the changes that it was the first to bring, and the rollback that took it out of service, if one did.
*/
with undone as (
  select
    service,
    failed_wave_id as wave_id,
    live_at as rolled_back_at,
    row_number() over (partition by service, failed_wave_id order by live_at, wave_id) as choice
  from model.wave
  where failed_wave_id is not null
),
brought as (
  select service, version, wave_id, count(*) as changes
  from reports.release_changes
  group by service, version, wave_id
)
select
  w.service,
  w.version,
  row_number() over (partition by w.service, w.version order by w.live_at, w.wave_id) as position,
  w.wave_id,
  p.month,
  p.page,
  w.environment,
  w.kind,
  w.sha,
  w.started_at,
  w.live_at,
  w.completed_at,
  w.copies,
  w.attempts,
  coalesce(b.changes, 0) as changes,
  w.outcome,
  w.is_failure,
  w.failure_words as failure_reasons,
  w.is_rework,
  w.rework_words as rework_reasons,
  u.rolled_back_at,
  date_diff('second', w.live_at, u.rolled_back_at) as rolled_back_seconds,
  w.restored_at,
  w.recovery_seconds,
  w.is_open
from reports.release_waves as w
left join reports.site_wave_place as p on p.wave_id = w.wave_id
left join brought as b on b.service = w.service and b.version = w.version and b.wave_id = w.wave_id
left join undone as u on u.service = w.service and u.wave_id = w.wave_id and u.choice = 1
order by w.service, w.version, position
