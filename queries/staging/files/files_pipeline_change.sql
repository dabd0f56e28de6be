/*
title: Changes of pipelines from files
description: A change of how a pipeline works.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "title": "VARCHAR", "service": "VARCHAR", "workflow": "VARCHAR", "changed_at": "VARCHAR", "action": "VARCHAR",
        "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'pipeline_change'
)
select
  source,
  said.id as id,
  said.title as title,
  said.service as service,
  said.workflow as workflow,
  staging.instant(said.changed_at) as changed_at,
  said.action as action,
  said.url as url
from record
order by source, id
