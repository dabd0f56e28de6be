/*
title: What dossiers are about
grain: one row per dossier
rule: A production deployment by itself, or a change request with all production deployments that go by it, of themselves or by a change in them
version: 1
parameters: [dossier_units]
*/
with asked as (
  select unnest(getvariable('dossier_units')) as unit, unnest(range(1, len(getvariable('dossier_units')) + 1)) as position
)
select
  a.position::bigint as position,
  a.unit,
  case when d.deployment_id is not null then 'deployment' else 'change_request' end as kind,
  coalesce(d.service, q.service) as service,
  coalesce(s.title, d.service, q.service) as service_title,
  s.tier,
  coalesce(s.regulated, []) as regulated,
  coalesce(d.occurred_at, q.occurred_at) as occurred_at,
  coalesce(d.version, d.sha) as delivered,
  coalesce(r.title, n.native_id) as title
from asked as a
left join controls.production_deployment as d on d.deployment_id = a.unit
left join model.deployment as n on n.deployment_id = d.deployment_id
left join controls.filed_request as q on d.deployment_id is null and q.change_request_id = a.unit
left join model.change_request as r on r.change_request_id = q.change_request_id
left join model.service as s on s.service = coalesce(d.service, q.service)
order by a.position
