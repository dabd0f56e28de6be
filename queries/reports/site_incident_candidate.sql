/*
title: Deployments that incidents may come from, on pages
grain: one row per incident and candidate, the best ten of each incident
description: Accepted links first, then by confidence, by `position` within the incident.
*/
with numbered as (
  select
    incident_id, wave_id, service, class, confidence, is_accepted,
    row_number() over (partition by incident_id order by is_accepted desc, confidence desc, wave_id) as position
  from correlation.incident_link
)
select
  q.month,
  n.incident_id,
  n.position,
  n.wave_id,
  n.service,
  s.title as service_title,
  coalesce(w.version, left(w.sha, 10), w.wave_id) as name,
  w.live_at,
  n.class,
  n.confidence,
  r.words as reasons,
  n.is_accepted,
  p.month as wave_month,
  p.page as wave_page
from numbered as n
join correlation.incident_link_reason as r on r.incident_id = n.incident_id and r.wave_id = n.wave_id
join reports.site_incident_place as q on q.incident_id = n.incident_id
join reports.site_wave_place as p on p.wave_id = n.wave_id
join model.wave as w on w.wave_id = n.wave_id
join model.service as s on s.service = n.service
where n.position <= 10
order by q.month, q.position, n.position
