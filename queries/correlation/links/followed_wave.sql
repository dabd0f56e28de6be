/*
title: Deployments that incidents began soon after
grain: one row per incident, production wave and kind of nearness
rule: >
  The deployment began before the incident and went live at most the window before it; during the rollout counts as at once. A deployment of another
  service is near too where it went out in one release train with a near one of the incident's service
view: true
*/
-- Seconds are told before the join: the difference of two instants would walk a calendar for each pair.
with reach as (
  select wave_id, service, started_at, train, bucket, cast(floor(epoch(live_at)) as bigint) as live_second
  from correlation.wave_reach
),
neighbour as (
  select incident_id, service, incident_service, kind, started_at, bucket, cast(floor(epoch(started_at)) as bigint) as began_second
  from correlation.incident_neighbour
),
near as (
  select
    n.incident_id,
    n.incident_service,
    n.kind,
    n.started_at as began_at,
    n.began_second,
    n.bucket,
    w.wave_id,
    w.service,
    w.train,
    greatest(n.began_second - w.live_second, 0) as elapsed_seconds
  from neighbour as n
  join reach as w on w.service = n.service and w.bucket = n.bucket
  where w.started_at <= n.started_at and n.began_second - w.live_second <= getvariable('incident_window')
),
in_train as (
  select distinct
    n.incident_id,
    n.incident_service,
    'release_train' as kind,
    w.wave_id,
    w.service,
    greatest(n.began_second - w.live_second, 0) as elapsed_seconds
  from near as n
  join reach as w on w.train = n.train and w.bucket = n.bucket and w.service <> n.incident_service
  where
    n.kind = 'same_service'
    and w.started_at <= n.began_at
    and n.began_second - w.live_second <= getvariable('incident_window')
)
select incident_id, incident_service, kind, wave_id, service, elapsed_seconds
from near
union all
select incident_id, incident_service, kind, wave_id, service, elapsed_seconds
from in_train
