/*
title: Services of the period
grain: one row per service of the scope
description: >
  Attempts to put something into production, those that failed included, and change requests filed in the period. `asked_controls` are those whose configured scope takes the service in, as far as they look
  at deployments, change requests, releases, incidents or months; `other_controls` are the rest of these. Of `unmet_controls` a service that was
  deployed or had requests filed is asked, and yet has no unit in the period: what passes elsewhere says nothing of it. A service that only deployments name is listed where the pack is of all services.
version: 3
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
),
service as (
  select service, coalesce(title, service) as title, tier, coalesce(regulated, []) as regulated, true as is_known
  from model.service
  where len(getvariable('period_services')) = 0 or list_contains(getvariable('period_services'), service)
  union all
  select distinct d.service, d.service as title, null as tier, [] as regulated, false as is_known
  from controls.production_deployment as d
  where
    len(getvariable('period_services')) = 0
    and d.occurred_at >= getvariable('period_from')
    and d.occurred_at < getvariable('period_until')
    and d.service is not null
    and not exists (select 1 from model.service as k where k.service = d.service)
),
owning as (
  select service, list(distinct team) as teams
  from model.ownership
  where owned_from < getvariable('period_until') and owned_until > getvariable('period_from')
  group by service
),
asked as (
  select
    s.service,
    c.control,
    (c.scope_services is null or list_contains(c.scope_services, s.service))
    and (c.scope_tiers is null or coalesce(list_contains(c.scope_tiers, s.tier), false))
    and (c.scope_regulated is null or list_has_any(c.scope_regulated, s.regulated))
    and (c.scope_teams is null or coalesce(list_has_any(c.scope_teams, w.teams), false)) as is_asked
  from service as s
  cross join controls.control as c
  join period_control as p on p.control = c.control
  left join owning as w on w.service = s.service
  where list_has_any(c.units, ['deployment', 'change_request', 'release', 'incident', 'period'])
),
met as (
  select distinct service, control
  from period_result
  where service is not null
),
scope as (
  select
    a.service,
    list_sort(coalesce(list(a.control) filter (where a.is_asked), [])) as asked_controls,
    list_sort(coalesce(list(a.control) filter (where not a.is_asked), [])) as other_controls,
    list_sort(coalesce(list(a.control) filter (where a.is_asked and m.control is null), [])) as unmet_controls
  from asked as a
  left join met as m on m.service = a.service and m.control = a.control
  group by a.service
)
select
  s.service,
  s.title,
  s.tier,
  s.regulated,
  s.is_known,
  o.teams,
  coalesce(k.asked_controls, []) as asked_controls,
  coalesce(k.other_controls, []) as other_controls,
  case when coalesce(a.attempts, 0) + coalesce(f.requests, 0) > 0 then coalesce(k.unmet_controls, []) else [] end as unmet_controls,
  coalesce(a.attempts, 0)::bigint as attempts,
  coalesce(a.live, 0)::bigint as live,
  coalesce(f.requests, 0)::bigint as requests
from service as s
left join scope as k on k.service = s.service
left join attempt as a on a.service = s.service
left join filed as f on f.service = s.service
left join owner as o on o.service = s.service
order by s.service
