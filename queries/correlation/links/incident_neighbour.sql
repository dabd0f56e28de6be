/*
title: Services whose deployments an incident may come from
grain: one row per incident, service and kind of nearness
rule: >
  The incident's own service; those that it depended on when the incident began, by the service map. It began when it is said to, or was noticed, whichever is
  earlier: what went live after somebody noticed is no cause
*/
with begun as (
  select
    incident_id,
    service,
    case when detected_at < started_at then detected_at else started_at end as started_at
  from model.incident
  where service is not null
),
placed as (
  select
    incident_id,
    service,
    started_at,
    cast(floor(epoch(started_at)) as bigint) // greatest(getvariable('incident_window'), 3600) as bucket
  from begun
)
select incident_id, service, service as incident_service, 'same_service' as kind, started_at, bucket
from placed
union
select p.incident_id, d.upstream as service, p.service as incident_service, 'upstream' as kind, p.started_at, p.bucket
from placed as p
join model.service_dependency as d
  on
    d.service = p.service
    and d.upstream <> p.service
    and (d.depends_from is null or d.depends_from <= p.started_at)
    and (d.depends_until is null or d.depends_until > p.started_at)
order by incident_id, kind, service
