/*
title: Deployments that restored service
grain: one row per failed wave, restoring wave and incident (null = whatever the failure was)
description: A rollback of it, or one that removed it on the way; a later revert of, or fix that names, a change it shipped; a change that names the incident as fixed.
*/
with restoring as (
  select failed_wave_id as wave_id, wave_id as restoring_wave_id, null as incident_id, 'rollback' as kind
  from model.wave
  where failed_wave_id is not null
  union
  select wave_id, rollback_wave_id as restoring_wave_id, null as incident_id, 'rollback' as kind
  from model.withdrawn_wave
  union
  select wave_id, revert_wave_id as restoring_wave_id, null as incident_id, relation as kind
  from model.production_revert
  union
  select l.wave_id, s.wave_id as restoring_wave_id, l.incident_id, 'fixes' as kind
  from correlation.incident_link as l
  join model.change_reference as r on r.target_kind = 'incident' and r.target_id = l.incident_id
  join model.wave_change as s on s.change_id = r.change_id and s.service = l.service
  where l.is_accepted
),
-- grouped first: a join of all waves with all later ones is what the engine may else choose
restored as (
  select r.wave_id, r.restoring_wave_id, r.incident_id, r.kind, max(w.completed_at) as restored_at
  from restoring as r
  join model.wave as w on w.wave_id = r.restoring_wave_id
  group by r.wave_id, r.restoring_wave_id, r.incident_id, r.kind
)
select
  r.wave_id,
  r.restoring_wave_id,
  r.incident_id,
  r.kind,
  r.restored_at
from restored as r
join model.wave as f on f.wave_id = r.wave_id and f.live_at <= r.restored_at and f.wave_id <> r.restoring_wave_id
order by r.wave_id, r.restoring_wave_id, r.incident_id, r.kind
