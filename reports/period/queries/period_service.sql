/*
title: Services of the period
grain: one row per service of the scope
description: Attempts to put something into production, those that failed included, and change requests filed in the period.
version: 1
*/
with attempt as (
  select service, count(*) as attempts, count(*) filter (where live_at is not null) as live
  from controls.production_deployment
  where occurred_at >= getvariable('period_from') and occurred_at < getvariable('period_until')
  group by service
),
filed as (
  select service, count(*) as requests
  from controls.filed_request
  where occurred_at >= getvariable('period_from') and occurred_at < getvariable('period_until')
  group by service
),
owner as (
  select service, string_agg(distinct coalesce(t.title, o.team), ', ' order by coalesce(t.title, o.team)) as teams
  from model.ownership as o
  left join model.team as t on t.team = o.team
  where o.owned_from < getvariable('period_until') and o.owned_until > getvariable('period_from')
  group by service
)
select
  s.service,
  coalesce(s.title, s.service) as title,
  s.tier,
  coalesce(s.regulated, []) as regulated,
  o.teams,
  coalesce(a.attempts, 0)::bigint as attempts,
  coalesce(a.live, 0)::bigint as live,
  coalesce(f.requests, 0)::bigint as requests
from model.service as s
left join attempt as a on a.service = s.service
left join filed as f on f.service = s.service
left join owner as o on o.service = s.service
where len(getvariable('period_services')) = 0 or list_contains(getvariable('period_services'), s.service)
order by s.service
