/*
title: Drift scans
grain: one row per scan
description: >
  Made before as-of. A null service = the whole environment; a null in `unapproved` = differences that nobody allowed are not told apart. Instants are UTC.
*/
select
  r.source || ':' || r.id as drift_scan_id,
  r.id as native_id,
  r.source,
  coalesce(known.environment, r.environment) as environment,
  r.service,
  r.scanned_at,
  r.baseline,
  r.differences,
  r.unapproved,
  coalesce(r.details, []) as details,
  r.tool,
  r.url
from staging.files_drift_scan as r
left join model.environment_name as known on known.name = r.environment
where r.scanned_at is null or r.scanned_at < getvariable('as_of')
order by drift_scan_id
