/*
title: Production deployments of releases
grain: one row per release and wave that went live in production
audience: teams
part: service
columns:
  service: Name of the service
  version: Version of the release
  wave_id: Identifier of the production deployment
  environment: Environment, or the name of its copies
  kind: deployment, redeployment or rollback
  sha: Commit that was deployed
  started_at: When it started
  live_at: When it first went live
  completed_at: When its last copy was live
  copies: Copies of the environment that it went to
  attempts: Attempts that belong to it
  outcome: known, pending or unknown
  is_failure: Whether it counts as failed
  failure_reasons: Why it counts as failed
  is_rework: Whether it counts as rework
  rework_reasons: Why it counts as rework
  restored_at: When the last of its incidents was over
  recovery_seconds: From going live to restoration
  is_open: Whether it is not restored at as-of
*/
select
  service,
  version,
  wave_id,
  environment,
  kind,
  sha,
  started_at,
  live_at,
  completed_at,
  copies,
  attempts,
  outcome,
  is_failure,
  failure_reasons,
  is_rework,
  rework_reasons,
  restored_at,
  recovery_seconds,
  is_open
from reports.release_waves
order by service, version, live_at, wave_id
