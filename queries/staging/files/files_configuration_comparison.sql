/*
title: Comparisons of configuration from files
description: How the configuration of one stage differs from that of another.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'environment' as environment,
  r.payload ->> 'compared_with' as compared_with,
  r.payload ->> 'service' as service,
  try_cast(r.payload ->> 'checked_at' as timestamptz) as checked_at,
  try_cast(r.payload ->> 'differences' as bigint) as differences,
  try_cast(r.payload ->> 'accepted' as bigint) as accepted,
  try_cast(r.payload -> 'details' as varchar[]) as details,
  r.payload ->> 'tool' as tool,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'configuration_comparison'
order by r.source, id
