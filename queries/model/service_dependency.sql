/*
title: Dependencies of services
grain: one row per service, service that it depends on and span
description: >
  What quarterdeck.yaml, a record of the service or ServiceNow name as upstream holds without bound (both ends null), unless a file of dependencies says from when until when.
  Half-open spans; days begin in the organisation's time zone.
*/
with dated as (
  select
    service,
    upstream,
    kind,
    timezone(getvariable('time_zone'), depends_from::timestamp) as depends_from,
    timezone(getvariable('time_zone'), depends_until::timestamp) as depends_until
  from staging.files_service_dependency
  where service <> upstream -- of itself: told by expectations.process_record_is_tied
),
named as (
  select service, unnest(upstream) as upstream
  from model.service
),
undated as (
  select n.service, n.upstream
  from named as n
  where not exists (select 1 from dated as d where d.service = n.service and d.upstream = n.upstream)
)
select distinct service, upstream, kind, depends_from, depends_until
from dated
union all
select service, upstream, null as kind, null as depends_from, null as depends_until
from undated
order by service, upstream, depends_from nulls first, depends_until nulls last, kind
