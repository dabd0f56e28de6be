/*
title: Changes of pipelines from files
description: A change of how a pipeline works.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'title' as title,
  r.payload ->> 'service' as service,
  r.payload ->> 'workflow' as workflow,
  try_cast(r.payload ->> 'changed_at' as timestamptz) as changed_at,
  r.payload ->> 'action' as action,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'pipeline_change'
order by r.source, id
