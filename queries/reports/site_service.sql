/*
title: Services on pages
grain: one row per service
description: >
  `activity_rank` counts from the service that was deployed most often in the last complete quarter; a table that does not take all
  services shows the first.
*/
with owner as (
  select o.service, o.team, t.title, row_number() over (partition by o.service order by o.team) as choice
  from model.ownership as o
  join model.team as t on t.team = o.team
  where o.owned_from <= getvariable('as_of') and o.owned_until > getvariable('as_of')
),
deployed as (
  select service, min(live_at) as first_live_at, max(completed_at) as last_live_at
  from model.wave
  group by service
),
busy as (
  select w.service, count(*) as waves
  from model.wave as w
  join reports.site_period as q on w.completed_at >= q.period_start and w.completed_at < q.period_end
  where q.period_kind = 'quarter' and q.role = 'latest'
  group by w.service
),
held_back as (
  select service, count(*) as waiting, max(waiting_seconds) as oldest_waiting_seconds
  from metrics.waiting_change
  group by service
),
failing as (
  select service, count(*) as open_failures
  from metrics.recovery_fact
  where is_open
  group by service
)
select
  s.service,
  s.title,
  s.repository,
  s.tier,
  s.regulated,
  s.upstream,
  o.team,
  o.title as team_title,
  d.first_live_at,
  d.last_live_at,
  case when s.retired_at <= getvariable('as_of') then s.retired_at end as retired_at,
  coalesce(w.waiting, 0) as waiting,
  w.oldest_waiting_seconds,
  coalesce(f.open_failures, 0) as open_failures,
  row_number() over (order by coalesce(b.waves, 0) desc, d.last_live_at desc nulls last, s.service) as activity_rank
from model.service as s
left join owner as o on o.service = s.service and o.choice = 1
left join deployed as d on d.service = s.service
left join busy as b on b.service = s.service
left join held_back as w on w.service = s.service
left join failing as f on f.service = s.service
order by s.retired_at is not null and s.retired_at <= getvariable('as_of'), s.title, s.service
