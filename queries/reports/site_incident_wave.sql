/*
title: What was deployed around each incident
grain: one row per incident and production deployment near it
rule: >
  Deployments of the incident's service, and of services that it depended on, that went live from the window before it began until it was restored, the
  fifteen nearest; an open incident until a day after
description: By `position` in order of time. Rollbacks are named as such; `elapsed_seconds` is negative before the incident began.
*/
with span as (
  select
    i.incident_id,
    i.started_at,
    least(coalesce(r.restored_at, i.started_at + interval 1 day), i.started_at + interval 7 day) as until_at
  from model.incident as i
  join metrics.incident_restoration as r on r.incident_id = i.incident_id and r.is_last
),
looked_at as (
  select
    n.incident_id,
    n.kind,
    n.service,
    s.started_at,
    s.until_at,
    unnest(generate_series(
      (cast(floor(epoch(s.started_at)) as bigint) - getvariable('incident_window')) // 86400,
      cast(floor(epoch(greatest(s.until_at, s.started_at))) as bigint) // 86400
    )) as day
  from correlation.incident_neighbour as n
  join span as s on s.incident_id = n.incident_id
),
dated as (
  select wave_id, service, live_at, cast(floor(epoch(live_at)) as bigint) // 86400 as day
  from model.wave
),
near as (
  select
    n.incident_id,
    min(n.kind) as kind,
    w.wave_id,
    w.service,
    date_diff('second', n.started_at, w.live_at) as elapsed_seconds
  from looked_at as n
  join dated as w on w.service = n.service and w.day = n.day
  where w.live_at >= n.started_at - to_seconds(getvariable('incident_window')) and w.live_at <= n.until_at
  group by n.incident_id, n.started_at, w.wave_id, w.service, w.live_at
),
numbered as (
  select
    incident_id, kind, wave_id, service, elapsed_seconds,
    row_number() over (partition by incident_id order by abs(elapsed_seconds), wave_id) as nearness
  from near
)
select
  q.month,
  n.incident_id,
  row_number() over (partition by n.incident_id order by n.elapsed_seconds, n.wave_id) as position,
  n.wave_id,
  n.service,
  v.title as service_title,
  n.kind = 'upstream' as is_upstream,
  coalesce(w.version, left(w.sha, 10), w.wave_id) as name,
  w.kind as wave_kind,
  w.live_at,
  n.elapsed_seconds,
  p.month as wave_month,
  p.page as wave_page
from numbered as n
join reports.site_incident_place as q on q.incident_id = n.incident_id
join reports.site_wave_place as p on p.wave_id = n.wave_id
join model.wave as w on w.wave_id = n.wave_id
join model.service as v on v.service = n.service
where n.nearness <= 15
order by q.month, q.position, position
