/*
title: Emergencies whose review no control judged
grain: one row per production wave that something says was an emergency, and of which EMG-02 judged no request
rule: A change request, the release, a label or a branch says that it was an emergency (`metrics.rework_labels`, `metrics.rework_branches` for the last two)
description: >
  `signs` and `names` stand side by side. `is_outside` is true where an emergency request is there and lies outside of the scope that the configuration gives EMG-02.
*/
with signed as (
  select subject as wave_id, list(sign order by sign, name) as signs, list(name order by sign, name) as names
  from correlation.emergency_sign
  where is_emergency
  group by subject
),
requested as (
  select distinct d.wave_id, p.change_request_id
  from controls.production_deployment as d
  join controls.deployment_part as p on p.deployment_id = d.deployment_id
  join model.change_request as q on q.change_request_id = p.change_request_id and q.type = 'emergency'
  where d.wave_id is not null
),
reviewed as (
  select
    q.wave_id,
    bool_or(r.status <> 'not_applicable' or r.is_not_due) as is_judged,
    bool_or(r.is_outside) as is_outside
  from requested as q
  join controls.result as r on r.control = 'EMG-02' and r.unit_kind = 'change_request' and r.unit = q.change_request_id
  group by q.wave_id
)
select
  row_number() over (order by w.completed_at desc, w.wave_id) as position,
  count(*) over () as waves,
  w.wave_id,
  w.service,
  coalesce(s.title, w.service) as service_title,
  w.version,
  w.completed_at as occurred_at,
  p.month,
  p.page,
  e.signs,
  e.names,
  coalesce(r.is_outside, false) as is_outside
from signed as e
join model.wave as w on w.wave_id = e.wave_id
join reports.site_wave_place as p on p.wave_id = w.wave_id
left join model.service as s on s.service = w.service
left join reviewed as r on r.wave_id = e.wave_id
where not coalesce(r.is_judged, false)
order by position
