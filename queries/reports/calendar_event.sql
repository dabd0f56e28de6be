/*
title: The calendar as events of iCalendar
grain: one row per release with a planned date, milestone and calendar window, the oldest first
rule: >
  A release or milestone is at its planned instant and takes no time, a window lasts from its beginning to its end. What begins, and ends, at midnight of the organisation's calendar is whole
  days. Confirmed is what came or cannot be moved, tentative what is planned
description: "`starts` and `ends` are written as RFC 5545 writes them: a day, or an instant in UTC."
*/
with entry as (
  select
    *,
    kind in ('release', 'milestone') as is_date,
    timezone(getvariable('time_zone'), starts_at) as local_start,
    timezone(getvariable('time_zone'), ends_at) as local_end
  from reports.site_calendar
  where starts_at is not null
),
formed as (
  select
    *,
    local_start = date_trunc('day', local_start) and coalesce(local_end = date_trunc('day', local_end) and local_end > local_start, is_date) as is_whole_days
  from entry
)
select
  position,
  kind || '/' || entry_id as uid,
  kind,
  is_whole_days,
  case when is_whole_days then strftime(local_start, '%Y%m%d') else strftime(timezone('UTC', starts_at), '%Y%m%dT%H%M%SZ') end as starts,
  case
    when is_whole_days then strftime(coalesce(local_end, local_start + interval 1 day), '%Y%m%d')
    when ends_at > starts_at then strftime(timezone('UTC', ends_at), '%Y%m%dT%H%M%SZ')
  end as ends,
  left(case when is_date then upper(left(kind, 1)) || substr(kind, 2) || ' ' || name else name end, 200) as summary,
  left(concat_ws(
    chr(10),
    'Kind: ' || kind,
    'Scope: ' || scope,
    case when is_date then 'State: ' || state end,
    'Came: ' || strftime(timezone(getvariable('time_zone'), actual_at), '%Y-%m-%d'),
    'First planned: ' || strftime(timezone(getvariable('time_zone'), first_planned_at), '%Y-%m-%d'),
    'Moved because: ' || nullif(concat_ws(', ', moved_cause, moved_reason), ''),
    'Planned into: ' || conflict
  ), 2000) as description,
  case when is_date and actual_at is null then 'TENTATIVE' else 'CONFIRMED' end as status
from formed
order by position
