/*
title: Calendar windows that each production deployment touched
grain: one row per wave and calendar window of everybody, its service, environment or owning team
description: Touched is a window that had begun before the wave ended and had not ended when it started. A freeze or blackout asks for no deployment.
*/
with scoped as (
  select w.wave_id, c.calendar_window_id
  from model.wave as w
  join model.calendar_window as c on c.starts_at <= w.completed_at and c.ends_at > w.started_at
  where c.scope is null or c.scope in (w.service, w.environment)
  union
  select d.wave_id, c.calendar_window_id
  from model.deployment as d
  join model.wave as w on w.wave_id = d.wave_id
  join model.calendar_window as c on c.scope = d.environment and c.starts_at <= w.completed_at and c.ends_at > w.started_at
  union
  select w.wave_id, c.calendar_window_id
  from model.wave as w
  join model.ownership as o on o.service = w.service and o.owned_from <= w.live_at and o.owned_until > w.live_at
  join model.calendar_window as c on c.scope = o.team and c.starts_at <= w.completed_at and c.ends_at > w.started_at
)
select
  p.service,
  p.month,
  s.wave_id,
  row_number() over (partition by s.wave_id order by c.starts_at, c.calendar_window_id) as position,
  c.kind,
  c.reason,
  c.scope,
  c.starts_at,
  c.ends_at,
  c.kind in ('freeze', 'blackout') as asks_for_none
from scoped as s
join reports.site_wave_place as p on p.wave_id = s.wave_id
join model.calendar_window as c on c.calendar_window_id = s.calendar_window_id
order by p.service, p.month, s.wave_id, position
