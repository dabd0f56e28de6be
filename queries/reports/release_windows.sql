/*
title: Freezes and other windows that releases touched
grain: one row per release and calendar window in which one of its production attempts ran
rule: a window concerns a service by its name, its environment or the team that owned it then; without a scope it concerns all
*/
with attempt as (
  select
    service,
    version,
    deployment_id,
    environment,
    started_at,
    greatest(started_at, coalesce(live_at, finished_at, started_at)) as ended_at
  from reports.release_deployments
  where environment_kind = 'production' and started_at is not null
),
touched as (
  select a.service, a.version, a.deployment_id, a.environment, a.started_at, c.calendar_window_id, c.scope
  from attempt as a
  join model.calendar_window as c on c.starts_at <= a.ended_at and a.started_at < c.ends_at
),
concerned as (
  select t.service, t.version, t.deployment_id, t.started_at, t.calendar_window_id
  from touched as t
  where t.scope is null or t.scope in (t.service, t.environment)
  union
  select t.service, t.version, t.deployment_id, t.started_at, t.calendar_window_id
  from touched as t
  join model.ownership as o
    on o.service = t.service and o.team = t.scope and o.owned_from <= t.started_at and t.started_at < o.owned_until
),
counted as (
  select service, version, calendar_window_id, count(*) as attempts, min(started_at) as started_at
  from concerned
  group by service, version, calendar_window_id
)
select
  n.service,
  n.version,
  c.calendar_window_id,
  c.kind,
  c.scope,
  c.starts_at,
  c.ends_at,
  c.reason,
  n.attempts,
  n.started_at
from counted as n
join model.calendar_window as c on c.calendar_window_id = n.calendar_window_id
order by n.service, n.version, n.started_at, c.calendar_window_id
