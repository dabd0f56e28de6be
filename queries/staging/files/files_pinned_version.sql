/*
title: Pinned versions from files
description: Which version of a shared component, or of a service that it depends on, a service is built with or bound to, from when on.
grain: one row per source and service, component and pinned_at
*/
with record as (
  select
    r.source,
    from_json(r.payload, '{"service": "VARCHAR", "component": "VARCHAR", "version": "VARCHAR", "pinned_at": "VARCHAR", "removed_at": "VARCHAR", "url": "VARCHAR"}') as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'pinned_version'
)
select
  source,
  said.service as service,
  said.component as component,
  said.version as version,
  staging.instant(said.pinned_at) as pinned_at,
  staging.instant(said.removed_at) as removed_at,
  said.url as url
from record
order by source, service, component, pinned_at
