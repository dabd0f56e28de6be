/*
title: Incidents linked to each production deployment
grain: one row per wave and incident for whose cause it is a candidate
description: Accepted links first, then by confidence. Only accepted links count.
*/
select
  l.service,
  p.month,
  l.wave_id,
  row_number() over (partition by l.wave_id order by l.is_accepted desc, l.confidence desc, l.incident_id) as position,
  i.incident_id,
  i.native_id,
  i.title,
  i.severity,
  i.started_at,
  l.class,
  l.confidence,
  r.words as reasons,
  l.is_accepted,
  q.month as incident_month,
  q.page as incident_page
from correlation.incident_link as l
join correlation.incident_link_reason as r on r.incident_id = l.incident_id and r.wave_id = l.wave_id
join reports.site_wave_place as p on p.wave_id = l.wave_id
join model.incident as i on i.incident_id = l.incident_id
join reports.site_incident_place as q on q.incident_id = l.incident_id
order by l.service, p.month, l.wave_id, position
