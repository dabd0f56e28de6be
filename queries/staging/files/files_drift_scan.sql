/*
title: Drift scans from files
description: A comparison of an environment with what it is meant to be.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'environment' as environment,
  r.payload ->> 'service' as service,
  try_cast(r.payload ->> 'scanned_at' as timestamptz) as scanned_at,
  r.payload ->> 'baseline' as baseline,
  try_cast(r.payload ->> 'differences' as bigint) as differences,
  try_cast(r.payload ->> 'unapproved' as bigint) as unapproved,
  try_cast(r.payload -> 'details' as varchar[]) as details,
  r.payload ->> 'tool' as tool,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'drift_scan'
order by r.source, id
