/*
title: Incidents
grain: one row per incident
description: Steps dated after the as-of instant have not happened yet.
*/
select
  i.source || ':' || i.id as incident_id,
  i.id as native_id,
  i.source,
  i.service,
  i.title,
  i.severity,
  i.classification,
  i.started_at,
  case when i.detected_at < getvariable('as_of') then i.detected_at end as detected_at,
  case when i.acknowledged_at < getvariable('as_of') then i.acknowledged_at end as acknowledged_at,
  case when i.mitigated_at < getvariable('as_of') then i.mitigated_at end as mitigated_at,
  case when i.resolved_at < getvariable('as_of') then i.resolved_at end as resolved_at,
  coalesce(i.caused_by, []) as caused_by,
  i.cause,
  i.url
from staging.files_incident as i
where i.started_at < getvariable('as_of')
order by incident_id
