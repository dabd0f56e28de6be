/*
title: Statuses of GitHub's deployments as delivered
grain: one row per delivery of a status
*/
select
  source,
  repository_number,
  payload ->> '$.deployment.id' as deployment,
  payload ->> '$.deployment_status.node_id' as id,
  upper(payload ->> '$.deployment_status.state') as state,
  staging.instant(payload ->> '$.deployment_status.created_at') as created_at,
  coalesce(payload ->> '$.deployment_status.log_url', payload ->> '$.deployment_status.target_url') as log_url,
  payload ->> '$.deployment_status.environment' as environment,
  payload ->> '$.deployment_status.creator.login' as creator
from staging.github_delivery
where event = 'deployment_status' and staging.instant(payload ->> '$.deployment_status.created_at') is not null
order by source, repository_number, deployment, created_at, id, delivery
