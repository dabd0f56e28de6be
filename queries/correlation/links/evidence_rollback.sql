/*
title: "Evidence: resolved by a rollback"
grain: one row per incident and production wave that was rolled back while it was open
rule: The incident began after the deployment did and before its rollback was complete, and was open when the rollback began
*/
select
  i.incident_id,
  f.wave_id,
  'rollback' as kind,
  s.strength,
  'was open when the deployment was rolled back by ' || r.wave_id as reason,
  'was open when the deployment was rolled back' as words
from model.wave as r
join model.wave as f on f.wave_id = r.failed_wave_id
join correlation.open_incident as i
  on i.service = f.service and i.started_at between f.started_at and r.completed_at and i.open_until >= r.started_at
join staging.config_link_strength as s on s.kind = 'rollback'
order by i.incident_id, f.wave_id, reason
