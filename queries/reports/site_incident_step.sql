/*
title: The course of each incident
grain: one row per incident and thing that happened
description: Deployments around it and its own steps, in order of time by `position`. `lane` is the service, one it depends on, or the incident.
*/
with step as (
  select incident_id, 'began' as what, started_at as "at", 1 as place from model.incident
  union all
  select incident_id, 'detected', detected_at, 2 from model.incident where detected_at is not null
  union all
  select incident_id, 'acknowledged', acknowledged_at, 3 from model.incident where acknowledged_at is not null
  union all
  select incident_id, 'mitigated', mitigated_at, 4 from model.incident where mitigated_at is not null
  union all
  select incident_id, 'resolved', resolved_at, 5 from model.incident where resolved_at is not null
),
event as (
  select incident_id, 'incident' as lane, what, "at", place, null as wave_id, null as service, null as service_title, null as name, null as wave_month, null::bigint as wave_page
  from step
  union all
  select
    incident_id, case when is_upstream then 'upstream' else 'service' end, wave_kind, live_at, 0, wave_id, service, service_title, name, wave_month, wave_page
  from reports.site_incident_wave
)
select
  q.month,
  e.incident_id,
  row_number() over (partition by e.incident_id order by e."at", e.place, e.wave_id) as position,
  e.lane,
  e.what,
  e."at",
  date_diff('second', i.started_at, e."at") as elapsed_seconds,
  e.wave_id,
  e.service,
  e.service_title,
  e.name,
  e.wave_month,
  e.wave_page
from event as e
join model.incident as i on i.incident_id = e.incident_id
join reports.site_incident_place as q on q.incident_id = e.incident_id
order by q.month, q.position, position
