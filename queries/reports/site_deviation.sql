/*
title: What fails and what is exempt, for the pages of controls
grain: one row per control and unit that fails or is exempt, the newest 200 of each
rule: >
  `entry_id` is the deployment on whose entry it stands: its wave, else the attempt itself; of a change request the first deployment that went live by it, else the first attempt
description: >
  With the place of the page that lists the deployment or incident, or the version whose page there is. publish.deviations has all. `list_page` = the page of the control that has the row, what fails first: each takes about
  fifty, fewer where reasons are long. A row weighs 200, 60 for each exemption, and the characters of its reason, a page 15,000.
*/
with numbered as (
  select
    *,
    200 + 60 * len(exemptions) + length(reason) as weight,
    row_number() over (partition by control, status order by occurred_at desc nulls last, unit_kind, unit) as position
  from controls.result
  where status in ('fail', 'exempt')
),
weighed as (
  select *, sum(weight) over (partition by control order by status desc, position rows between unbounded preceding and current row) - weight as weight_before
  from numbered
  where position <= 200
),
listed as (
  select *, dense_rank() over (partition by control order by weight_before // 15000) as list_page
  from weighed
),
request as (
  select distinct unit
  from listed
  where unit_kind = 'change_request'
),
used as (
  select q.unit, min({'is_attempt': d.wave_id is null, 'occurred_at': d.occurred_at, 'deployment_id': d.deployment_id}) as first
  from request as q
  join controls.deployment_part as p on p.change_request_id = q.unit
  join controls.production_deployment as d on d.deployment_id = p.deployment_id
  group by q.unit
),
deployed as (
  select n.*, case n.unit_kind when 'deployment' then n.unit when 'change_request' then u.first.deployment_id end as deployment_id
  from listed as n
  left join used as u on u.unit = n.unit and n.unit_kind = 'change_request'
)
select
  n.control,
  n.status,
  n.position,
  n.list_page,
  n.unit_kind,
  n.unit,
  n.service,
  coalesce(s.title, n.service) as service_title,
  n.environment,
  n.occurred_at,
  n.reason,
  n.exemptions,
  case when p.wave_id is not null then d.service when a.deployment_id is not null then a.service end as entry_service,
  coalesce(p.wave_id, a.deployment_id) as entry_id,
  r.version,
  coalesce(p.month, a.month, i.month) as month,
  coalesce(p.page, case when a.deployment_id is not null then 1 end, i.page) as page,
  q.url
from deployed as n
left join model.service as s on s.service = n.service
left join controls.production_deployment as d on d.deployment_id = n.deployment_id
left join reports.site_wave_place as p on p.wave_id = d.wave_id
left join reports.site_deployment_attempt as a on a.deployment_id = n.deployment_id
left join controls.production_release as v on n.unit_kind = 'release' and v.release_id = n.unit
left join reports.site_release as r on r.service = v.service and r.version = v.version
left join reports.site_incident_place as i on n.unit_kind = 'incident' and i.incident_id = n.unit
left join model.change_request as q on n.unit_kind = 'change_request' and q.change_request_id = n.unit
order by n.control, n.status, n.position
