/*
title: Which deployment an incident may come from
grain: one row per incident and production deployment that is a candidate for its cause
audience: teams
columns:
  incident_id: Identifier of the incident
  wave_id: Deployment that is a candidate
  service: Service of the deployment
  live_at: When the deployment went live
  version: Version that was deployed
  confidence_ratio: Strengths of the evidence combined, from 0 to 1
  class: Strongest kind of evidence
  reasons: The evidence in words
  is_accepted: True where the link counts
*/
select
  l.incident_id,
  l.wave_id,
  l.service,
  w.live_at,
  w.version,
  l.confidence as confidence_ratio,
  l.class,
  r.reasons,
  l.is_accepted
from correlation.incident_link as l
join correlation.incident_link_reason as r on r.incident_id = l.incident_id and r.wave_id = l.wave_id
join model.wave as w on w.wave_id = l.wave_id
order by l.incident_id, l.confidence desc, l.wave_id
