/*
title: Calendar of releases, milestones and windows
grain: one row per release with a planned date, milestone and calendar window, the oldest first
rule: >
  Late by whole days of the organisation's calendar; overdue is what should have been by as-of and is not. A conflict is a freeze or blackout of the same scope, or of
  all, in which a release is planned. The date planned first, and why it was moved last, are those of moved dates
description: "`is_near`: one of the thirty before as-of or the thirty after it, which the page lists."
*/
with entry as (
  select
    'release' as kind, release_id as entry_id, service || ' ' || version as name, service as scope, planned_at as starts_at,
    null::timestamptz as ends_at, published_at as actual_at
  from model.release
  where planned_at is not null
  union all
  select 'milestone', milestone_id, name, scope, planned_at, null, actual_at
  from model.milestone
  where planned_at is not null
  union all
  select kind, calendar_window_id, coalesce(reason, kind), scope, starts_at, ends_at, null
  from model.calendar_window
),
conflicting as (
  select e.entry_id, min(coalesce(w.reason, w.kind)) as conflict
  from entry as e
  join model.calendar_window as w
    on (w.scope is null or w.scope = e.scope) and e.starts_at >= w.starts_at and e.starts_at < w.ends_at
  where e.kind = 'release' and w.kind in ('freeze', 'blackout')
  group by e.entry_id
),
moved as (
  select
    coalesce(release_id, milestone_id) as entry_id,
    count(*) as moves,
    min_by(planned_at, struct_pack(d := decided_at, m := moved_date_id)) as first_planned_at,
    max_by(struct_pack(cause := cause, reason := reason), struct_pack(d := decided_at, m := moved_date_id)) as last
  from model.moved_date
  where coalesce(release_id, milestone_id) is not null
  group by coalesce(release_id, milestone_id)
),
placed as (
  select
    e.*,
    timezone(getvariable('time_zone'), e.starts_at)::date as planned_on,
    timezone(getvariable('time_zone'), e.actual_at)::date as actual_on,
    timezone(getvariable('time_zone'), getvariable('as_of')::timestamptz)::date as today,
    row_number() over (
      partition by e.starts_at >= getvariable('as_of') order by abs(date_diff('second', e.starts_at, getvariable('as_of')::timestamptz)), e.kind, e.entry_id
    ) as place
  from entry as e
)
select
  row_number() over (order by p.starts_at, p.kind, p.entry_id) as position,
  p.kind,
  p.entry_id,
  p.name,
  p.scope,
  p.starts_at,
  p.ends_at,
  p.actual_at,
  case when p.kind in ('release', 'milestone') and p.actual_on is not null then date_diff('day', p.planned_on, p.actual_on) end as days_late,
  case
    when p.kind not in ('release', 'milestone') then 'window'
    when p.actual_on is null and p.planned_on >= p.today then 'planned'
    when p.actual_on is null then 'overdue'
    when p.actual_on > p.planned_on then 'late'
    else 'on time'
  end as state,
  c.conflict,
  m.first_planned_at,
  coalesce(m.moves, 0)::bigint as moves,
  m.last.cause as moved_cause,
  m.last.reason as moved_reason,
  p.place <= 30 as is_near
from placed as p
left join conflicting as c on c.entry_id = p.entry_id and p.kind = 'release'
left join moved as m on m.entry_id = p.entry_id and p.kind in ('release', 'milestone')
order by position
