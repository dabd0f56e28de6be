/*
title: Paths that production deployments took
grain: one row per production wave
rule: >
  The path is the known steps in order of time. It is held against that required of the type of its change request (emergency before normal before standard, where it has several; `no_request` without
  one, `normal` where its type is not known) and leaves it at the first required step that is not known, or that came after a later one
version: 1
description: "`departs_at` is null where it kept to its path, or where none is required. Steps of one instant stand in the order of the required path."
*/
with typed as (
  select
    d.wave_id,
    case
      when bool_or(r.type = 'emergency') then 'emergency'
      when bool_or(r.type = 'normal') then 'normal'
      when bool_or(r.type = 'standard') then 'standard'
      else 'normal'
    end as type
  from controls.deployment_part as p
  join controls.production_deployment as d on d.deployment_id = p.deployment_id
  join model.change_request as r on r.change_request_id = p.change_request_id
  where d.wave_id is not null
  group by d.wave_id
),
wave as (
  select w.wave_id, w.service, w.live_at, coalesce(t.type, 'no_request') as type
  from model.wave as w
  left join typed as t on t.wave_id = w.wave_id
  where w.kind <> 'rollback'
),
walked as (
  select w.wave_id, string_agg(s.step, ' > ' order by s."at", coalesce(p.position, 99), s.step) as path
  from wave as w
  join controls.path_step as s on s.wave_id = w.wave_id
  left join staging.config_required_path as p on p.type = w.type and p.step = s.step
  group by w.wave_id
),
required as (
  select
    w.wave_id, p.step, p.position, s."at",
    min(s."at") over (partition by w.wave_id order by p.position rows between 1 following and unbounded following) as next_at
  from wave as w
  join staging.config_required_path as p on p.type = w.type
  left join controls.path_step as s on s.wave_id = w.wave_id and s.step = p.step
),
departure as (
  select wave_id, step, "at", row_number() over (partition by wave_id order by position) as choice
  from required
  where "at" is null or next_at < "at"
)
select
  w.wave_id,
  w.service,
  w.live_at,
  w.type,
  k.path,
  d.step as departs_at,
  case when d.step is not null then case when d."at" is null then 'missing' else 'late' end end as departure
from wave as w
join walked as k on k.wave_id = w.wave_id
left join departure as d on d.wave_id = w.wave_id and d.choice = 1
order by w.wave_id
