/*
title: Incidents linked to releases
grain: one row per release, production deployment and incident for whose cause it is a candidate
audience: teams
part: service
columns:
  service: Name of the service
  version: Version of the release
  incident_id: Identifier of the incident
  wave_id: Production deployment of the release
  title: Title
  incident_service: Service that the incident hit
  severity: Severity as stated
  classification: Cause class as stated
  started_at: When it began
  mitigated_at: When users no longer felt it, as recorded
  resolved_at: When it was resolved
  restored_at: When users were served again, as far as anything tells
  restored_by: What tells (mitigated, resolved, rollback, reverts, fixes)
  confidence: Combined strength of the evidence, 0 to 1
  class: stated, strong, likely or weak
  reasons: Why it is linked
  is_accepted: Whether the link counts
  url: Page in the source
*/
select
  service,
  version,
  incident_id,
  wave_id,
  title,
  incident_service,
  severity,
  classification,
  started_at,
  mitigated_at,
  resolved_at,
  restored_at,
  restored_by,
  confidence,
  class,
  reasons,
  is_accepted,
  url
from reports.site_release_incident
order by service, version, position
