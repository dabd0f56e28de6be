/*
title: What fails and what is exempt, for the pages of controls
grain: one row per control and unit that fails or is exempt, the newest 200 of each
description: With the place of the page that lists the deployment or incident, or the version whose page there is. publish.deviations has all.
*/
with numbered as (
  select
    *,
    row_number() over (partition by control, status order by occurred_at desc nulls last, unit_kind, unit) as position
  from controls.result
  where status in ('fail', 'exempt')
)
select
  n.control,
  n.status,
  n.position,
  n.unit_kind,
  n.unit,
  n.service,
  coalesce(s.title, n.service) as service_title,
  n.environment,
  n.occurred_at,
  n.reason,
  n.exemptions,
  d.wave_id,
  r.version,
  coalesce(p.month, i.month) as month,
  coalesce(p.page, i.page) as page,
  q.url
from numbered as n
left join model.service as s on s.service = n.service
left join controls.production_deployment as d on n.unit_kind = 'deployment' and d.deployment_id = n.unit
left join reports.site_wave_place as p on p.wave_id = d.wave_id
left join controls.production_release as v on n.unit_kind = 'release' and v.release_id = n.unit
left join reports.site_release as r on r.service = v.service and r.version = v.version
left join reports.site_incident_place as i on n.unit_kind = 'incident' and i.incident_id = n.unit
left join model.change_request as q on n.unit_kind = 'change_request' and q.change_request_id = n.unit
where n.position <= 200
order by n.control, n.status, n.position
