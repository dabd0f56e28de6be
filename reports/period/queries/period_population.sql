/*
title: Populations of the period
grain: one row per kind of record that controls and samples are drawn from
description: >
  Everything that is held, what of it happened in the period and scope, what has no time and so belongs to no period, and what is left out with a reason (period_excluded). `relation` is the query that
  makes it.
version: 2
*/
with held as (
  select
    1 as position,
    'production deployments' as population,
    'controls.production_deployment' as relation,
    'deployments' as csv,
    service,
    coalesce(started_at, finished_at) as occurred_at,
    status is null or status = 'skipped' or excluded_reason is not null or coalesce(started_at >= getvariable('as_of'), false) as is_excluded
  from model.reported_deployment
  where environment_kind = 'production'
  union all
  select 2, 'change requests', 'controls.filed_request', 'change-requests', service, occurred_at, false
  from controls.filed_request
  union all
  select 3, 'releases that went to production', 'controls.production_release', null, service, started_at, false
  from controls.production_release
  union all
  select 4, 'incidents', 'model.incident', 'incidents', service, started_at, false
  from model.incident
),
placed as (
  select
    *,
    (len(getvariable('period_services')) = 0 or coalesce(list_contains(getvariable('period_services'), service), false)) as is_in_scope,
    coalesce(occurred_at >= getvariable('period_from') and occurred_at < getvariable('period_until'), false) as is_in_period
  from held
)
select
  p.position::bigint as position,
  p.population,
  p.relation,
  p.csv,
  q.sha256,
  count(*)::bigint as held,
  (count(*) filter (where p.is_in_scope and p.is_in_period and not p.is_excluded))::bigint as units,
  (count(*) filter (where p.is_in_scope and p.occurred_at is null and not p.is_excluded))::bigint as without_time,
  (count(*) filter (where p.is_in_scope and p.is_in_period and p.is_excluded))::bigint as excluded
from placed as p
left join raw.query as q on q.relation = p.relation
group by p.position, p.population, p.relation, p.csv, q.sha256
order by p.position
