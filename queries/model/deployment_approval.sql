/*
title: Decisions on deployments
grain: one row per decision
*/
with reported as (
  select source, id, deployment, approver, decision, decided_at, is_derived, justification
  from staging.files_deployment_approval
  union all
  select source, id, deployment, approver, decision, decided_at, is_derived, justification
  from staging.github_deployment_approval
  union all
  select source, id, deployment, approver, decision, decided_at, is_derived, justification
  from staging.gitlab_deployment_approval
),
decided as (
  select a.*, d.deployment_id
  from reported as a
  join model.deployment as d on d.source = a.source and d.native_id = a.deployment and d.attempt = 1
  union
  select a.*, d.deployment_id
  from reported as a
  join model.deployment as d on d.deployment_id = a.deployment
)
select
  a.source || ':' || a.id as approval_id,
  a.deployment_id,
  a.approver,
  a.decision,
  a.decided_at,
  coalesce(a.is_derived, false) as is_derived,
  a.justification
from decided as a
where a.decided_at is null or a.decided_at < getvariable('as_of')
order by approval_id, a.deployment_id
