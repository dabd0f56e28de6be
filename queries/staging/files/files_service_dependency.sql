/*
title: Dependencies of services from files
description: That a service depends on another. Joins what `upstream` says, while it holds.
grain: one row per source and service, upstream and depends_from
*/
select
  r.source,
  r.payload ->> 'service' as service,
  r.payload ->> 'upstream' as upstream,
  r.payload ->> 'kind' as kind,
  try_cast(r.payload ->> 'depends_from' as date) as depends_from,
  try_cast(r.payload ->> 'depends_until' as date) as depends_until
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'service_dependency'
order by r.source, service, upstream, depends_from
