/*
title: What fails or is exempt of each production deployment, its change requests and its earlier attempts
grain: one row per wave, relation to it and control, at most 8 of a wave
rule: >
  Of the deployment itself; of each change request that a deployment of it goes by, itself or by a change in it; and of each attempt that was run again until it went live. What fails comes first
description: >
  `reason` is the first sentence. `list_page` = the page of the control that has the row; null = it is in the file only. `found` counts all of the wave.
*/
with deviation as (
  select control, unit_kind, unit, environment, status, left(rtrim(split_part(reason, '. ', 1), '.'), 300) || '.' as reason
  from controls.result
  where status in ('fail', 'exempt') and unit_kind in ('deployment', 'change_request')
),
request as (
  select distinct unit
  from deviation
  where unit_kind = 'change_request'
),
request_wave as (
  select distinct d.wave_id, q.unit
  from request as q
  join controls.deployment_part as p on p.change_request_id = q.unit
  join controls.production_deployment as d on d.deployment_id = p.deployment_id
  where d.wave_id is not null
),
related as (
  select d.wave_id, 'own' as relation, null as name, v.*
  from deviation as v
  join controls.production_deployment as d on d.deployment_id = v.unit
  where v.unit_kind = 'deployment' and d.wave_id is not null
  union all
  select w.wave_id, 'change request' as relation, r.native_id as name, v.*
  from deviation as v
  join request_wave as w on w.unit = v.unit
  join model.change_request as r on r.change_request_id = v.unit
  where v.unit_kind = 'change_request'
  union all
  select a.then_wave_id as wave_id, 'earlier attempt' as relation, r.native_id as name, v.*
  from deviation as v
  join reports.site_deployment_attempt as a on a.deployment_id = v.unit
  join model.reported_deployment as r on r.deployment_id = v.unit
  where v.unit_kind = 'deployment' and a.then_wave_id is not null
),
-- A control is told once of all copies, by the first of them that it finds at fault.
told as (
  select
    wave_id, relation, name, control, status,
    min({'unit': unit, 'unit_kind': unit_kind, 'reason': reason}) as example,
    case when min(environment) = max(environment) then min(environment) end as environment
  from related
  group by wave_id, relation, name, control, status
),
numbered as (
  select
    *,
    row_number() over (
      partition by wave_id
      order by case relation when 'own' then 1 when 'change request' then 2 else 3 end, status desc, control, name
    ) as position,
    count(*) over (partition by wave_id) as found
  from told
)
select
  p.service,
  n.wave_id,
  n.position,
  n.found,
  n.relation,
  n.name,
  n.environment,
  n.control,
  n.status,
  n.example.reason,
  n.example.unit_kind as unit_kind,
  n.example.unit as unit,
  l.list_page
from numbered as n
join reports.site_wave_place as p on p.wave_id = n.wave_id
left join reports.site_deviation as l
  on l.control = n.control and l.status = n.status and l.unit_kind = n.example.unit_kind and l.unit = n.example.unit
where n.position <= 8
order by p.service, n.wave_id, n.position
