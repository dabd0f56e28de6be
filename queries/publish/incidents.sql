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
  cause: Cause as recorded
  source: Source that it comes from
  url: Page in the source
*/
select
  incident_id,
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
  cause,
  source,
  url
from model.incident
order by started_at, incident_id
