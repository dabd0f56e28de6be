/*
title: Incidents of the period and where they may come from
grain: one row per incident and production deployment for whose effect it may be taken; the deployment null where there is none
rule: Incidents that began in the period, of the services of the scope, or linked to a deployment of the period. Only accepted links count; a link is association, not proof of cause
version: 1
*/
with link as (
  select l.incident_id, l.wave_id, l.service, l.confidence, l.class, l.is_accepted, l.is_rejected, l.verdict_reason, p.deployment_id
  from correlation.incident_link as l
  left join (
    select wave_id, service, min(deployment_id) as deployment_id
    from period_deployment
    where wave_id is not null
    group by wave_id, service
  ) as p on p.wave_id = l.wave_id and p.service = l.service
),
chosen as (
  select i.incident_id
  from model.incident as i
  where
    i.started_at >= getvariable('period_from')
    and i.started_at < getvariable('period_until')
    and (len(getvariable('period_services')) = 0 or coalesce(list_contains(getvariable('period_services'), i.service), false))
  union
  select incident_id
  from link
  where deployment_id is not null and is_accepted
)
select
  i.incident_id,
  i.native_id,
  i.title,
  i.service,
  i.severity,
  i.started_at,
  i.mitigated_at,
  i.resolved_at,
  r.restored_at,
  r.restored_by,
  l.wave_id,
  l.deployment_id,
  l.service as deployed_service,
  l.confidence,
  l.class,
  coalesce(w.words, []) as words,
  coalesce(l.is_accepted, false) as is_accepted,
  coalesce(l.is_rejected, false) as is_rejected,
  l.verdict_reason,
  i.cause,
  i.url
from chosen as c
join model.incident as i on i.incident_id = c.incident_id
join metrics.incident_restoration as r on r.incident_id = i.incident_id and r.is_last
left join link as l on l.incident_id = i.incident_id
left join correlation.incident_link_reason as w on w.incident_id = l.incident_id and w.wave_id = l.wave_id
order by i.started_at, i.incident_id, l.is_accepted desc nulls last, l.confidence desc, l.wave_id, l.service
