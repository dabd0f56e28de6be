/*
measure: exposure_at_failure
title: Users reached at a failure
question: How many users had a version that failed, when it was stopped?
rule: The largest share of users that steps of the roll-out had begun to reach when the deployment failed or its rollback went live, of failed deployments that went out bit by bit.
version: 1
unit: ratio
statistic: median
better: lower
made_from: [deployment, rollout_step]
connect: steps of roll-outs with the share of users that they reach would bring them
fact: failed roll-out
facts: failed roll-outs
*/
with named as (
  select deployment_id, deployment_id as name
  from model.deployment
  union
  select deployment_id, native_id as name
  from model.deployment
)
select
  f.service,
  f.failed_at as occurred_at,
  max(s.share) as value,
  null as is_hit,
  f.deployment_id as subject,
  null as cut
from controls.failed_deployment as f
join named as n on n.deployment_id = f.deployment_id
join model.rollout_step as s on s.deployment = n.name and s.started_at <= f.failed_at
where s.share >= 0 and s.share <= 1
group by f.service, f.failed_at, f.deployment_id
order by occurred_at, subject
