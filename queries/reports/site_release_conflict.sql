/*
title: Dependent services released together at a peak
grain: one row per peak, freeze or blackout, dependency and day in it on which both services are released, the newest first
rule: >
  A day of the organisation's calendar on which a service and one that it depends on both go live in production, or are planned to as releases that are not out. The window is for all, or for one
  of both services, and shorter than 400 days. What WIN-04 says of the deployments of both on that day stands beside: this list judges nothing
description: "`is_listed`: one of the thirty that the page lists."
*/
with active as (
  select service, wave_id as release, live_at as happens_at, version, train, 1 as is_live
  from model.wave
  where kind <> 'rollback'
  union all
  select service, release_id, planned_at, version, train, 0
  from model.release
  where planned_at >= getvariable('as_of') and published_at is null
),
dated as (
  select *, timezone(getvariable('time_zone'), happens_at)::date as day
  from active
),
closed as (
  select
    calendar_window_id, kind, coalesce(reason, kind) as reason, scope, starts_at, ends_at,
    unnest(generate_series(
      timezone(getvariable('time_zone'), starts_at)::date,
      timezone(getvariable('time_zone'), ends_at - interval 1 microsecond)::date,
      interval 1 day
    ))::date as day
  from model.calendar_window
  where kind in ('peak', 'freeze', 'blackout') and ends_at > starts_at and ends_at < starts_at + interval 400 day
),
together as (
  select
    w.calendar_window_id, w.kind, w.reason, w.starts_at, w.ends_at, w.day, a.service, b.service as upstream,
    string_agg(distinct a.version, ', ' order by a.version) as service_versions,
    string_agg(distinct b.version, ', ' order by b.version) as upstream_versions,
    count(distinct case when a.is_live = 1 then a.release end) + count(distinct case when b.is_live = 1 then b.release end) as deployments,
    count(distinct case when a.is_live = 0 then a.release end) + count(distinct case when b.is_live = 0 then b.release end) as planned,
    min(abs(date_diff('second', a.happens_at, b.happens_at))) as seconds_apart,
    min(case when a.train = b.train then a.train end) as train
  from closed as w
  join dated as a on a.day = w.day and a.happens_at >= w.starts_at and a.happens_at < w.ends_at
  join model.service_dependency as d
    on
      d.service = a.service
      and (d.depends_from is null or a.happens_at >= d.depends_from)
      and (d.depends_until is null or a.happens_at < d.depends_until)
  join dated as b on b.service = d.upstream and b.day = w.day and b.happens_at >= w.starts_at and b.happens_at < w.ends_at
  where w.scope is null or w.scope in (a.service, b.service)
  group by w.calendar_window_id, w.kind, w.reason, w.starts_at, w.ends_at, w.day, a.service, b.service
),
judged as (
  select
    d.service,
    timezone(getvariable('time_zone'), d.occurred_at)::date as day,
    count(*) filter (where r.status = 'fail') as failed,
    count(*) filter (where r.status = 'pass') as passed
  from controls.result as r
  join controls.production_deployment as d on d.deployment_id = r.unit
  where r.control = 'WIN-04'
  group by d.service, day
)
select
  row_number() over (order by t.day desc, t.service, t.upstream, t.calendar_window_id) as position,
  t.calendar_window_id,
  t.kind,
  t.reason,
  t.starts_at,
  t.ends_at,
  t.day,
  t.service,
  t.upstream,
  t.service_versions,
  t.upstream_versions,
  t.deployments::bigint as deployments,
  t.planned::bigint as planned,
  t.seconds_apart::bigint as seconds_apart,
  t.train,
  case
    when t.deployments = 0 then 'planned'
    when coalesce(a.failed, 0) + coalesce(b.failed, 0) > 0 then 'at the same time'
    when coalesce(a.passed, 0) + coalesce(b.passed, 0) > 0 then 'one after the other'
    else 'not judged'
  end as order_of_both,
  row_number() over (order by t.day desc, t.service, t.upstream, t.calendar_window_id) <= 30 as is_listed
from together as t
left join judged as a on a.service = t.service and a.day = t.day
left join judged as b on b.service = t.upstream and b.day = t.day
order by position
