/*
title: Releases on pages
grain: one row per release of a known service
rule: >
  Filed under the quarter in which it first went live, else was published, else was planned. Rolled back: a rollback took
  one of its production deployments out of service
description: Newest first by `position`, once for all and once in its service by `service_position`.
*/
with undone as (
  select
    service, version, rolled_back_at, rolled_back_seconds,
    row_number() over (partition by service, version order by rolled_back_at, position) as choice
  from reports.site_release_wave
  where rolled_back_at is not null
),
withdrawn as (
  select distinct w.service, w.version
  from reports.release_waves as w
  join model.withdrawn_wave as d on d.wave_id = w.wave_id
),
labelled as (
  select service, version, min(train) as train
  from reports.release_deployments
  group by service, version
),
before_production as (
  select
    service, version, environment, live_at,
    row_number() over (partition by service, version order by live_at, deployment_id) as choice
  from reports.release_deployments
  where environment_kind <> 'production' and live_at is not null
),
dated as (
  select
    s.*,
    k.title as known_title,
    coalesce(s.first_live_at, s.published_at, s.planned_at) as filed_at,
    coalesce(s.train, t.train) as of_train,
    b.environment as tried_in,
    b.live_at as tried_at,
    u.rolled_back_at,
    u.rolled_back_seconds,
    d.version is not null as is_withdrawn
  from reports.release_summary as s
  join model.service as k on k.service = s.service
  left join labelled as t on t.service = s.service and t.version = s.version
  left join before_production as b on b.service = s.service and b.version = s.version and b.choice = 1
  left join undone as u on u.service = s.service and u.version = s.version and u.choice = 1
  left join withdrawn as d on d.service = s.service and d.version = s.version
)
select
  d.service,
  d.known_title as service_title,
  d.version,
  d.title,
  d.kind,
  d.of_train as train,
  d.planned_at,
  d.published_at,
  d.tried_in,
  d.tried_at,
  d.first_live_at as live_at,
  case when d.tried_at < d.first_live_at then date_diff('second', d.tried_at, d.first_live_at) end as promotion_seconds,
  date_diff('second', d.planned_at, d.first_live_at) as late_seconds,
  case
    when d.filed_at is null then 'Undated'
    when d.filed_at >= getvariable('as_of') then 'Planned'
    else coalesce(q.period_label, 'Earlier')
  end as quarter_label,
  row_number() over (order by d.filed_at desc nulls last, d.service, d.version) as position,
  row_number() over (partition by d.service order by d.filed_at desc nulls last, d.version) as service_position,
  d.attempts,
  d.waves,
  d.changes,
  d.accepted_incidents as incidents,
  d.failed_waves,
  d.open_failures,
  d.rolled_back_at,
  d.rolled_back_seconds,
  case
    when d.attempts = 0 then 'not deployed'
    when d.waves = 0 and d.production_attempts > 0 then 'never went live'
    when d.waves = 0 then 'not in production'
    when d.rolled_back_at is not null then 'rolled back'
    when d.open_failures > 0 then 'failed, still open'
    when d.failed_waves > 0 then 'failed'
    when d.is_withdrawn then 'withdrawn by a later rollback'
    when d.unknown_waves > 0 then 'unknown'
    when d.pending_waves > 0 then 'pending'
    else 'ok'
  end as outcome,
  x.version is not null as has_pack,
  d.url
from dated as d
left join metrics.period as q on q.period_kind = 'quarter' and d.filed_at >= q.period_start and d.filed_at < q.period_end
left join reports.release_packs as x on x.service = d.service and x.version = d.version
order by position
