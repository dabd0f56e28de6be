/*
title: Failed deployments and their recovery
grain: one row per production deployment that counts as a change failure
audience: teams
part: service
columns:
  service: Name of the service
  wave_id: Deployment that failed
  version: Version that was deployed
  sha: Commit that was deployed
  failed_at: When it went live
  reasons: Why it counts as a failure
  incidents: Accepted incidents of which it is the cause
  incident: The likeliest of them
  severity: Severity of that incident
  restored_at: When service was restored
  recovery_seconds: From going live to the restoration
  is_during_rollout: True where service was restored before the deployment was live everywhere
  is_open: True where it is not restored at as-of
  open_seconds: How long it has been open at as-of
  outcome: known, pending or unknown
  url: Page of that incident in the source
*/
select
  r.service,
  r.wave_id,
  w.version,
  w.sha,
  r.failed_at,
  o.failure_reasons as reasons,
  r.incidents,
  f.incident,
  f.severity,
  r.restored_at,
  r.recovery_seconds,
  r.is_during_rollout,
  r.is_open,
  r.open_seconds,
  o.outcome,
  f.url
from metrics.recovery_fact as r
join model.wave as w on w.wave_id = r.wave_id
join metrics.wave_outcome as o on o.wave_id = r.wave_id
left join reports.site_failure as f on f.wave_id = r.wave_id
order by r.service, r.failed_at, r.wave_id
