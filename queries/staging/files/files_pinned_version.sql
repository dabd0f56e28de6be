/*
title: Pinned versions from files
description: Which version of a shared component, or of a service that it depends on, a service is built with or bound to, from when on.
grain: one row per source and service, component and pinned_at
*/
select
  r.source,
  r.payload ->> 'service' as service,
  r.payload ->> 'component' as component,
  r.payload ->> 'version' as version,
  try_cast(r.payload ->> 'pinned_at' as timestamptz) as pinned_at,
  try_cast(r.payload ->> 'removed_at' as timestamptz) as removed_at,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'pinned_version'
order by r.source, service, component, pinned_at
