/*
title: Evidence of production deployments
grain: one row per production deployment and piece of evidence about it or what it deployed
rule: >
  Its subject, or the digest, commit or version in its attributes, is the deployment, its run, its request, its release, its version (of the same service), its commit or the digest
  of one of its artifacts
description: >
  Evidence of another service is left out. `digest` is the artifact's, where that tied them. `is_before` is not known to have come only after the deployment began.
version: 1
*/
with named as (
  select deployment_id, service, lower(deployment_id) as reference, null as digest, false as is_of_service
  from controls.production_deployment
  union all
  select p.deployment_id, p.service, lower(d.native_id) as reference, null, false
  from controls.production_deployment as p
  join model.deployment as d on d.deployment_id = p.deployment_id
  union all
  select deployment_id, service, lower(pipeline_run) as reference, null, false
  from controls.production_deployment
  union all
  select deployment_id, service, lower(sha) as reference, null, false
  from controls.production_deployment
  union all
  select deployment_id, service, lower(version) as reference, null, true
  from controls.production_deployment
  union all
  select deployment_id, service, lower(service || '@' || version) as reference, null, false
  from controls.production_deployment
  union all
  select deployment_id, service, lower(service || ' ' || version) as reference, null, false
  from controls.production_deployment
  union all
  select d.deployment_id, d.service, lower(r.native_id) as reference, null, false
  from controls.production_deployment as d
  join model.deployment_request as q on q.deployment_id = d.deployment_id
  join model.change_request as r on r.change_request_id = q.change_request_id
  union all
  select d.deployment_id, d.service, lower(q.change_request_id) as reference, null, false
  from controls.production_deployment as d
  join model.deployment_request as q on q.deployment_id = d.deployment_id
  union all
  select d.deployment_id, d.service, a.digest as reference, a.digest, false
  from controls.production_deployment as d
  join controls.deployment_artifact as a on a.deployment_id = d.deployment_id
  where a.digest is not null
),
about as (
  select evidence_id, service, lower(subject) as reference
  from model.evidence
  union all
  select evidence_id, service, lower(attributes ->> '$.digest') as reference
  from model.evidence
  union all
  select evidence_id, service, lower(attributes ->> '$.sha') as reference
  from model.evidence
  union all
  select evidence_id, service, lower(attributes ->> '$.version') as reference
  from model.evidence
  where service is not null
),
tied as (
  select n.deployment_id, a.evidence_id, max(n.digest) as digest, bool_or(n.digest is null) as is_of_deployment
  from named as n
  join about as a on a.reference = n.reference
  where a.service = n.service or (a.service is null and not n.is_of_service)
  group by n.deployment_id, a.evidence_id
)
select
  t.deployment_id,
  e.evidence_id,
  lower(e.kind) as kind,
  e.occurred_at,
  e.actor,
  lower(e.outcome) as outcome,
  e.attributes,
  case when not t.is_of_deployment then t.digest end as digest,
  coalesce(e.occurred_at < d.occurred_at, true) as is_before
from tied as t
join controls.production_deployment as d on d.deployment_id = t.deployment_id
join model.evidence as e on e.evidence_id = t.evidence_id
order by t.deployment_id, e.evidence_id
