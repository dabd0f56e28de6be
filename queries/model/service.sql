/*
title: Services
grain: one row per service
description: >
  Services of quarterdeck.yaml win over rows of the same name that came in as data; upstream services that ServiceNow or a file of dependencies names (while
  they hold) come after theirs, each service once, where it is named first. Instants are cut in the organisation's time zone.
*/
with declared as (
  select
    service,
    title,
    repository,
    tier,
    regulated,
    upstream,
    timezone(getvariable('time_zone'), active_from::timestamp) as active_from,
    timezone(getvariable('time_zone'), retired_at::timestamp) as retired_at,
    1 as precedence,
    '' as source
  from staging.config_service
  union all
  select
    name as service,
    null as title,
    repository,
    tier,
    regulated,
    upstream,
    active_from,
    retired_at,
    2 as precedence,
    source
  from staging.files_service
),
ranked as (
  select
    service,
    title,
    repository,
    tier,
    regulated,
    upstream,
    active_from,
    retired_at,
    row_number() over (partition by service order by precedence, source) as choice
  from declared
),
dependency as (
  select service, upstream
  from staging.servicenow_dependency
  union
  select service, upstream
  from staging.files_service_dependency
  where
    service <> upstream
    and (depends_from is null or timezone(getvariable('time_zone'), depends_from::timestamp) <= getvariable('as_of'))
    and (depends_until is null or timezone(getvariable('time_zone'), depends_until::timestamp) > getvariable('as_of'))
),
depending as (
  select service, array_agg(upstream order by upstream) as upstream
  from dependency
  group by service
),
-- What both name stands where it was named first.
listed as (
  select
    r.service,
    unnest(list_concat(coalesce(r.upstream, []), coalesce(d.upstream, []))) as upstream,
    generate_subscripts(list_concat(coalesce(r.upstream, []), coalesce(d.upstream, [])), 1) as place
  from ranked as r
  left join depending as d on d.service = r.service
  where r.choice = 1
),
placed as (
  select service, upstream, min(place) as place
  from listed
  group by service, upstream
),
named as (
  select service, array_agg(upstream order by place) as upstream
  from placed
  group by service
)
select
  r.service,
  coalesce(r.title, r.service) as title,
  r.repository,
  r.tier,
  coalesce(r.regulated, []) as regulated,
  coalesce(n.upstream, []) as upstream,
  r.active_from,
  r.retired_at
from ranked as r
left join named as n on n.service = r.service
where r.choice = 1
order by r.service
