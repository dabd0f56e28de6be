/*
title: Dependencies of services from files
description: That a service depends on another. Joins what `upstream` says, while it holds.
grain: one row per source and service, upstream and depends_from
*/
with record as (
  select
    r.source,
    from_json(r.payload, '{"service": "VARCHAR", "upstream": "VARCHAR", "kind": "VARCHAR", "depends_from": "VARCHAR", "depends_until": "VARCHAR"}') as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'service_dependency'
)
select
  source,
  said.service as service,
  said.upstream as upstream,
  said.kind as kind,
  staging.day(said.depends_from) as depends_from,
  staging.day(said.depends_until) as depends_until
from record
order by source, service, upstream, depends_from
