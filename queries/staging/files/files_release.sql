/*
title: Releases from files
description: A named version of a service.
grain: one row per source and service and version
*/
select
  r.source,
  r.payload ->> 'service' as service,
  r.payload ->> 'version' as version,
  r.payload ->> 'tag' as tag,
  r.payload ->> 'sha' as sha,
  r.payload ->> 'title' as title,
  r.payload ->> 'notes' as notes,
  r.payload ->> 'kind' as kind,
  r.payload ->> 'train' as train,
  try_cast(r.payload ->> 'planned_at' as timestamptz) as planned_at,
  try_cast(r.payload ->> 'published_at' as timestamptz) as published_at,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'release'
order by r.source, service, version
