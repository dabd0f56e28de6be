/*
title: Windows of the calendar that deployments touch
grain: one row per production deployment and window
rule: >
  A window is for everything, or for a service, an environment, all copies of one, or a team that owns the service at that time. Deployments touch it that last into it; a window ends just before its end
version: 1
*/
with deployment as (
  select
    d.deployment_id,
    d.service,
    d.environment,
    e.wave,
    d.occurred_at as began_at,
    greatest(coalesce(d.finished_at, d.occurred_at), d.occurred_at) as ended_at
  from controls.production_deployment as d
  left join model.environment as e on e.environment = d.environment
),
placed as (
  select deployment_id, began_at, ended_at, service as scope
  from deployment
  union all
  select deployment_id, began_at, ended_at, environment as scope
  from deployment
  union all
  select deployment_id, began_at, ended_at, wave as scope
  from deployment
  union all
  select d.deployment_id, d.began_at, d.ended_at, o.team as scope
  from deployment as d
  join model.ownership as o on o.service = d.service and d.began_at >= o.owned_from and d.began_at < o.owned_until
),
touched as (
  select p.deployment_id, w.calendar_window_id, p.began_at, p.ended_at
  from placed as p
  join model.calendar_window as w on w.scope = p.scope and w.starts_at <= p.ended_at and w.ends_at > p.began_at
  union
  select d.deployment_id, w.calendar_window_id, d.began_at, d.ended_at
  from deployment as d
  join model.calendar_window as w on w.starts_at <= d.ended_at and w.ends_at > d.began_at
  where w.scope is null
)
select
  t.deployment_id,
  t.calendar_window_id,
  w.kind,
  w.reason,
  w.starts_at,
  w.ends_at,
  w.starts_at <= t.began_at and w.ends_at >= t.ended_at as is_within
from touched as t
join model.calendar_window as w on w.calendar_window_id = t.calendar_window_id
order by t.deployment_id, t.calendar_window_id
