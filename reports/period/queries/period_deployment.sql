/*
title: Production deployments of the period
grain: one row per attempt to put something into production
rule: Every attempt that began in the period, those that failed included; what configuration leaves out is listed apart
description: >
  The population of samples. `risk` and `change_type` are those of its change requests, of its own or of its changes; several stand beside each other. `failed_controls` are all that fail for
  it, for a change request that it goes by or for the release that it puts into production, whatever the framework, as in its dossier. `is_judged`: some control of deployments applies to it; `is_in_scope`: some control applies to it, to a change request that it goes by or to its release, due or not. Of note is what did not succeed, failed afterwards, rolled back, or fails a control.
version: 2
*/
with attempt as (
  select
    *,
    -- The engine names what went live; what did not is known by itself.
    strftime(timezone(getvariable('time_zone'), occurred_at), '%Y-%m') as month
  from controls.production_deployment
  where
    occurred_at >= getvariable('period_from')
    and occurred_at < getvariable('period_until')
    and (len(getvariable('period_services')) = 0 or coalesce(list_contains(getvariable('period_services'), service), false))
),
owner as (
  select a.deployment_id, list_sort(list(distinct o.team)) as teams
  from attempt as a
  join model.ownership as o on o.service = a.service and a.occurred_at >= o.owned_from and a.occurred_at < o.owned_until
  group by a.deployment_id
),
part as (
  select distinct p.deployment_id, p.change_request_id
  from controls.deployment_part as p
  join attempt as a on a.deployment_id = p.deployment_id
  where p.change_request_id is not null
),
request as (
  select
    p.deployment_id,
    list(distinct r.native_id order by r.native_id) as requests,
    string_agg(distinct coalesce(nullif(lower(trim(r.risk)), ''), 'not stated'), ', ' order by coalesce(nullif(lower(trim(r.risk)), ''), 'not stated')) as risk,
    string_agg(distinct coalesce(nullif(lower(trim(r.type)), ''), 'not stated'), ', ' order by coalesce(nullif(lower(trim(r.type)), ''), 'not stated')) as change_type
  from part as p
  join model.change_request as r on r.change_request_id = p.change_request_id
  group by p.deployment_id
),
carried as (
  select deployment_id, count(*) as changes
  from controls.deployment_change
  group by deployment_id
),
member as (
  select deployment_id, 'deployment' as unit_kind, deployment_id as unit
  from attempt
  union all
  select deployment_id, 'change_request', change_request_id
  from part
  union all
  select deployment_id, 'release', service || '@' || version
  from attempt
  where version is not null
),
judged as (
  select
    m.deployment_id,
    list_sort(list(distinct r.control) filter (where r.status = 'fail')) as failed_controls,
    list_sort(list(distinct r.control) filter (where r.status = 'unknown')) as unknown_controls,
    list_sort(list(distinct r.control) filter (where r.status = 'exempt')) as exempt_controls,
    bool_or(r.unit_kind = 'deployment' and r.status <> 'not_applicable') as is_judged
  from controls.result as r
  join member as m on m.unit_kind = r.unit_kind and m.unit = r.unit
  where r.status <> 'not_applicable' or r.is_not_due
  group by m.deployment_id
),
linked as (
  select wave_id, service, list(incident_id order by incident_id) as incidents
  from correlation.incident_link
  where is_accepted
  group by wave_id, service
)
select
  a.deployment_id,
  a.service,
  coalesce(s.title, a.service) as service_title,
  coalesce(o.teams, []) as teams,
  a.month,
  a.environment,
  a.occurred_at,
  a.finished_at,
  a.live_at,
  a.status,
  a.version,
  a.sha,
  case when a.deployer is null then 'not recorded' else coalesce(w.shown_as, 'withheld') end as deployer,
  a.pipeline_run,
  a.train,
  a.wave_id,
  v.kind as wave_kind,
  coalesce(c.changes, 0)::bigint as changes,
  coalesce(q.requests, []) as requests,
  coalesce(q.risk, 'no change request') as risk,
  coalesce(q.change_type, 'no change request') as change_type,
  u.outcome,
  coalesce(u.is_failure, false) as is_failure,
  coalesce(l.incidents, []) as incidents,
  coalesce(j.failed_controls, []) as failed_controls,
  coalesce(j.unknown_controls, []) as unknown_controls,
  coalesce(j.exempt_controls, []) as exempt_controls,
  coalesce(j.is_judged, false) as is_judged,
  j.deployment_id is not null as is_in_scope,
  a.status is distinct from 'success' or coalesce(u.is_failure, false) or coalesce(len(j.failed_controls), 0) > 0 or coalesce(v.kind = 'rollback', false) as is_of_note,
  a.url
from attempt as a
left join model.service as s on s.service = a.service
left join owner as o on o.deployment_id = a.deployment_id
left join request as q on q.deployment_id = a.deployment_id
left join carried as c on c.deployment_id = a.deployment_id
left join judged as j on j.deployment_id = a.deployment_id
left join model.wave as v on v.wave_id = a.wave_id
left join metrics.wave_outcome as u on u.wave_id = a.wave_id
left join linked as l on l.wave_id = a.wave_id and l.service = a.service
left join model.actor as w on w.login = a.deployer
order by a.occurred_at, a.deployment_id
