/*
title: Incidents linked to releases
grain: one row per release, production deployment and incident for whose cause it is a candidate
description: Every candidate with its confidence and reasons; only accepted links count. What a person rejected says so, and why.
*/
select
  w.service,
  w.version,
  l.incident_id,
  l.wave_id,
  i.native_id,
  i.title,
  i.service as incident_service,
  i.severity,
  i.classification,
  i.started_at,
  i.mitigated_at,
  i.resolved_at,
  r.restored_at,
  r.restored_by,
  l.confidence,
  l.class,
  e.reasons,
  e.words,
  l.is_accepted,
  l.is_rejected,
  l.verdict_reason,
  i.cause,
  i.source,
  i.url
from reports.release_waves as w
join correlation.incident_link as l on l.wave_id = w.wave_id and l.service = w.service
join correlation.incident_link_reason as e on e.incident_id = l.incident_id and e.wave_id = l.wave_id
join model.incident as i on i.incident_id = l.incident_id
join metrics.incident_restoration as r on r.incident_id = i.incident_id and r.is_last
order by w.service, w.version, l.confidence desc, l.incident_id, l.wave_id
