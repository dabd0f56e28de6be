/*
title: Incidents in dossiers
grain: one row per dossier, deployment and incident for whose effect it may be taken
description: Only accepted links count; a link is association, not proof of cause.
version: 1
*/
select distinct
  a.unit,
  a.deployment_id,
  i.incident_id,
  i.native_id,
  i.title,
  i.severity,
  i.started_at,
  i.mitigated_at,
  i.resolved_at,
  r.restored_at,
  r.restored_by,
  l.confidence,
  w.words,
  l.is_accepted,
  l.is_rejected,
  l.verdict_reason,
  i.cause,
  i.url
from dossier_attempt as a
join controls.production_deployment as d on d.deployment_id = a.deployment_id
join correlation.incident_link as l on l.wave_id = d.wave_id and l.service = d.service
join correlation.incident_link_reason as w on w.incident_id = l.incident_id and w.wave_id = l.wave_id
join model.incident as i on i.incident_id = l.incident_id
join metrics.incident_restoration as r on r.incident_id = i.incident_id and r.is_last
order by a.unit, l.is_accepted desc, l.confidence desc, i.incident_id, a.deployment_id
