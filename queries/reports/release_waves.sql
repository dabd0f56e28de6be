/*
title: Production deployments of releases and how they turned out
grain: one row per release and wave that went live in production
*/
with live as (
  select distinct service, version, wave_id
  from reports.release_deployments
  where wave_id is not null
)
select
  l.service,
  l.version,
  w.wave_id,
  w.environment,
  w.kind,
  w.sha,
  w.started_at,
  w.live_at,
  w.completed_at,
  w.copies,
  w.attempts,
  w.position_basis,
  o.outcome,
  o.is_failure,
  o.failure_reasons,
  o.failure_words,
  o.is_rework,
  o.rework_reasons,
  o.rework_words,
  f.restored_at,
  f.recovery_seconds,
  f.is_open
from live as l
join model.wave as w on w.wave_id = l.wave_id
left join metrics.wave_outcome as o on o.wave_id = w.wave_id
left join metrics.recovery_fact as f on f.wave_id = w.wave_id
order by l.service, l.version, w.live_at, w.wave_id
