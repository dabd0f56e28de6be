/*
title: Incidents
grain: one row per incident
audience: teams
columns:
  incident_id: Identifier of the incident
  number: Identifier that the source gives it
  title: Title of the incident
  service: Service that it hit
  severity: Severity as recorded
  classification: Classification as recorded
  started_at: When it began
  detected_at: When it was noticed
  acknowledged_at: When somebody took it on
  mitigated_at: When users no longer felt it
  resolved_at: When it was closed
  restored_at: When users were served again, as far as anything tells
  restored_by: What tells (mitigated, resolved, rollback, reverts, fixes)
  cause: Cause as recorded
  source: Source that it comes from
  url: Page in the source
*/
select
  i.incident_id,
  native_id as number,
  title,
  service,
  severity,
  classification,
  started_at,
  detected_at,
  acknowledged_at,
  mitigated_at,
  resolved_at,
  r.restored_at,
  r.restored_by,
  cause,
  source,
  url
from model.incident as i
join metrics.incident_restoration as r on r.incident_id = i.incident_id and r.is_last
order by started_at, i.incident_id
