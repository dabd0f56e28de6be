/*
title: Deployment attempts
grain: one row per deployment attempt, in every environment
audience: teams
part: service
columns:
  service: Name of the service
  deployment_id: Identifier of the attempt
  attempt: Number of the attempt
  environment: Environment it was deployed to
  environment_kind: production, staging, test or development
  version: Version that was deployed
  sha: Commit that was deployed
  started_at: When it started
  finished_at: When it ended
  live_at: When it went live; null where it never did
  status: How it ended
  wave_id: Production deployment that the attempt belongs to
  pipeline_run: Pipeline run that deployed
  rollback_of: What it states to roll back
  train: Release train
  labels: Labels that it carries
  change_requests: Change requests that authorise it
  deployer: Who deployed, as people are published
  excluded_reason: Why configuration excludes it from every figure
  url: Page in the source
*/
select
  d.service,
  d.deployment_id,
  d.attempt,
  d.environment,
  d.environment_kind,
  d.version,
  d.sha,
  d.started_at,
  d.finished_at,
  d.live_at,
  d.status,
  d.wave_id,
  d.pipeline_run,
  d.rollback_of,
  d.train,
  d.labels,
  d.change_requests,
  a.shown_as as deployer,
  d.excluded_reason,
  d.url
from model.deployment as d
left join model.actor as a on a.login = d.deployer
where d.is_known_service
order by d.service, d.started_at nulls last, d.deployment_id
