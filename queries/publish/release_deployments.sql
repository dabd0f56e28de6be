/*
title: Deployment log of releases
grain: one row per release and deployment attempt, in every environment
audience: teams
part: service
columns:
  service: Name of the service
  version: Version of the release
  deployment_id: Identifier of the attempt
  attempt: Number of the attempt
  environment: Environment it was deployed to
  environment_kind: production, staging, test or development
  sha: Commit that was deployed
  status: How the attempt ended
  started_at: When it started
  finished_at: When it ended
  live_at: When it went live
  duration_seconds: From start to end
  deployer: Who deployed, as people are published
  pipeline_run: Pipeline run that deployed
  wave_id: Production deployment that the attempt belongs to
  wave_kind: deployment, redeployment or rollback
  train: Release train
  labels: Labels that the attempt carries
  change_requests: Change requests that authorise it
  url: Page in the source
  excluded_reason: Why configuration excludes it from every figure
*/
select
  service,
  version,
  deployment_id,
  attempt,
  environment,
  environment_kind,
  sha,
  status,
  started_at,
  finished_at,
  live_at,
  duration_seconds,
  deployer,
  pipeline_run,
  wave_id,
  wave_kind,
  train,
  labels,
  change_requests,
  url,
  excluded_reason
from reports.release_deployments
order by service, version, started_at nulls last, deployment_id
