/*
title: Ids that the auditor chose
grain: one row per id asked for and production deployment of the period that it means; the deployment null where it means none
rule: An id is that of a deployment, as Quarterdeck or its source writes it, or of a change request that the deployment goes by
version: 1
parameters: [sample_ids]
*/
with asked as (
  select unnest(getvariable('sample_ids')) as asked, unnest(range(1, len(getvariable('sample_ids')) + 1)) as turn
),
name as (
  select deployment_id as unit, deployment_id as name
  from period_deployment
  union
  select p.deployment_id, d.native_id
  from period_deployment as p
  join model.deployment as d on d.deployment_id = p.deployment_id
  union
  select p.deployment_id, d.change_request_id
  from period_deployment as p
  join controls.deployment_part as d on d.deployment_id = p.deployment_id
  where d.change_request_id is not null
  union
  select p.deployment_id, r.native_id
  from period_deployment as p
  join controls.deployment_part as d on d.deployment_id = p.deployment_id
  join model.change_request as r on r.change_request_id = d.change_request_id
)
select a.turn::bigint as turn, a.asked, n.unit
from asked as a
left join name as n on n.name = a.asked
order by a.turn, n.unit
