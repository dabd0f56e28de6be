/*
title: Tickets from files
description: Work.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "kind": "VARCHAR", "title": "VARCHAR", "status": "VARCHAR", "service": "VARCHAR", "created_at": "VARCHAR",
        "resolved_at": "VARCHAR", "assignee": "VARCHAR", "labels": ["VARCHAR"], "due_on": "VARCHAR", "regulation": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'ticket'
)
select
  source,
  said.id as id,
  said.kind as kind,
  said.title as title,
  said.status as status,
  said.service as service,
  staging.instant(said.created_at) as created_at,
  staging.instant(said.resolved_at) as resolved_at,
  said.assignee as assignee,
  said.labels as labels,
  staging.day(said.due_on) as due_on,
  said.regulation as regulation,
  said.url as url
from record
order by source, id
