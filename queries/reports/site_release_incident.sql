/*
title: Incidents of releases on pages
grain: one row per release, production deployment and incident for whose cause it is a candidate
description: The most likely first by `position`.
*/
select
  i.service,
  i.version,
  row_number() over (
    partition by i.service, i.version
    order by i.is_accepted desc, i.confidence desc, i.incident_id, i.wave_id
  ) as position,
  i.incident_id,
  p.month,
  p.page,
  i.wave_id,
  i.native_id,
  i.title,
  i.incident_service,
  i.severity,
  i.classification,
  i.started_at,
  i.mitigated_at,
  i.resolved_at,
  i.restored_at,
  i.restored_by,
  i.confidence,
  i.class,
  i.words as reasons,
  i.is_accepted,
  i.cause,
  i.source,
  i.url
from reports.release_incidents as i
left join reports.site_incident_place as p on p.incident_id = i.incident_id
order by i.service, i.version, position
