/*
title: What events call services
grain: one row per source and name that is mapped to a service
*/
select
  source.source,
  entry.key as written,
  entry.value ->> '$' as service
from staging.source as source,
  json_each(source.options, '$.services') as entry
where source.collector = 'events'
order by source.source, written
