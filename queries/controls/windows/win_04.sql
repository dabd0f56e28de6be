/*
control: WIN-04
title: No conflicting deployment on dependent services
question: Was no service that it depends on, or that depends on it, deployed at the same time?
grain: one row per production deployment
rule: >
  Its time overlaps no production deployment of a service that it depends on at that time or that depends on it, unless both belong to one release train or go by one change request
version: 1
units: [deployment]
severity: low
owner: Release management
needs:
  - { of: service_dependency, as: adverse }
parameters:
  margin_minutes:
    default: 0
    unit: minutes
    description: How far apart deployments must be.
frameworks:
  cobit: [BAI06.01, BAI07.06]
  soc2: [CC8.1]
  nist_800_53: [CM-4]
  eu_dora_rts: [17(1)(c)(i)]
remedy: Deploy one after the other, or declare both as one release train.
steps:
  - when: "release train or request joins them"
    do: "If both were one release, let them name the same train or the same change request. If not, that stays a deviation: check that they did not disturb one another."
*/
with neighbour as (
  select service, upstream as other, depends_from, depends_until
  from model.service_dependency
  union
  select upstream as service, service as other, depends_from, depends_until
  from model.service_dependency
),
deployment as (
  select
    d.deployment_id,
    d.service,
    d.occurred_at as began_at,
    greatest(coalesce(d.finished_at, d.occurred_at), d.occurred_at) as ended_at,
    coalesce(d.train, r.train) as train
  from controls.production_deployment as d
  left join model.release as r on r.service = d.service and r.version = d.version
),
-- Each day that a deployment lasts, so that only those of one day are compared.
daily as (
  select
    *,
    unnest(range(
      (epoch(began_at)::bigint - getvariable('win_04_margin_minutes') * 60) // 86400,
      (epoch(ended_at)::bigint + getvariable('win_04_margin_minutes') * 60) // 86400 + 1
    )) as day
  from deployment
),
related as (
  select d.deployment_id, d.began_at, d.ended_at, d.train, n.other, d.day
  from daily as d
  join neighbour as n
    on
      n.service = d.service
      and (n.depends_from is null or d.began_at >= n.depends_from)
      and (n.depends_until is null or d.began_at < n.depends_until)
),
overlap as (
  select distinct a.deployment_id, o.deployment_id as other_id, o.service as other_service
  from related as a
  join daily as o on o.service = a.other and o.day = a.day
  where
    o.began_at <= a.ended_at + to_minutes(getvariable('win_04_margin_minutes'))
    and o.ended_at + to_minutes(getvariable('win_04_margin_minutes')) >= a.began_at
    and (a.train is null or o.train is null or a.train <> o.train)
),
requested as (
  select distinct deployment_id, change_request_id
  from controls.deployment_part
  where change_request_id is not null
),
shared as (
  select distinct v.deployment_id, v.other_id
  from overlap as v
  join requested as a on a.deployment_id = v.deployment_id
  join requested as b on b.deployment_id = v.other_id and b.change_request_id = a.change_request_id
),
conflict as (
  select
    v.deployment_id,
    list_sort(list(v.other_id)) as others,
    string_agg(distinct v.other_service, ', ' order by v.other_service) as services
  from overlap as v
  left join shared as s on s.deployment_id = v.deployment_id and s.other_id = v.other_id
  where s.other_id is null
  group by v.deployment_id
),
connected as (
  select d.deployment_id
  from deployment as d
  where exists (
    select 1
    from neighbour as n
    where
      n.service = d.service
      and (n.depends_from is null or d.began_at >= n.depends_from)
      and (n.depends_until is null or d.began_at < n.depends_until)
  )
)
select
  'deployment' as unit_kind,
  d.deployment_id as unit,
  d.service,
  d.environment,
  d.occurred_at,
  null::timestamptz as due_at,
  case when c.deployment_id is not null then 'fail' when k.deployment_id is null then 'not_applicable' else 'pass' end as verdict,
  case
    when c.deployment_id is not null then 'The deployment ran ' || case when getvariable('win_04_margin_minutes') > 0 then 'no more than ' || getvariable('win_04_margin_minutes') || ' min apart from ' else 'at the same time as ' end || array_to_string(c.others[1:5], ', ') || case when len(c.others) > 5 then ' and ' || (len(c.others) - 5) || ' more' else '' end || ' (' || c.services || '), of services that ' || d.service || ' depends on or that depend on it, and no release train or request joins them.'
    when k.deployment_id is null then 'No dependency of the service is known for then.'
    else 'The deployment ran at the same time as none of a service that it depends on, or that depends on it, apart from those it was released with.'
  end as reason,
  coalesce(c.others, []) as evidence,
  []::varchar[] as missing,
  []::varchar[] as findings
from controls.production_deployment as d
left join conflict as c on c.deployment_id = d.deployment_id
left join connected as k on k.deployment_id = d.deployment_id
order by unit
