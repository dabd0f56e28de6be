/*
title: Incidents on pages
grain: one row per incident
description: >
  Newest first by `position` within the month in which it began. Restored is when users were served again, as metrics.incident_restoration says;
  `restored_by` is what tells. An incident is open while nothing does. `candidates` counts deployments that it may come from, `accepted` those that count as its cause.
*/
with linked as (
  select incident_id, count(*) as candidates, count(*) filter (where is_accepted) as accepted
  from correlation.incident_link
  group by incident_id
)
select
  p.month,
  p.page,
  p.position,
  i.incident_id,
  i.native_id,
  i.title,
  i.severity,
  i.classification,
  i.service,
  s.title as service_title,
  i.started_at,
  i.detected_at,
  i.acknowledged_at,
  i.mitigated_at,
  i.resolved_at,
  case when i.detected_at >= i.started_at then date_diff('second', i.started_at, i.detected_at) end as detected_seconds,
  case when i.acknowledged_at >= i.started_at then date_diff('second', i.started_at, i.acknowledged_at) end as acknowledged_seconds,
  case when i.mitigated_at >= i.started_at then date_diff('second', i.started_at, i.mitigated_at) end as mitigated_seconds,
  case when i.resolved_at >= i.started_at then date_diff('second', i.started_at, i.resolved_at) end as resolved_seconds,
  r.restored_at,
  r.restored_by,
  case when r.restored_at >= i.started_at then date_diff('second', i.started_at, r.restored_at) end as restored_seconds,
  r.restored_at is null as is_open,
  case when r.restored_at is null then date_diff('second', i.started_at, getvariable('as_of')) end as open_seconds,
  i.cause,
  coalesce(l.candidates, 0) as candidates,
  coalesce(l.accepted, 0) as accepted,
  i.url
from model.incident as i
join reports.site_incident_place as p on p.incident_id = i.incident_id
join metrics.incident_restoration as r on r.incident_id = i.incident_id and r.is_last
left join model.service as s on s.service = i.service
left join linked as l on l.incident_id = i.incident_id
order by p.month, p.position
