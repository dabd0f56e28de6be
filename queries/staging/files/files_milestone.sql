/*
title: Milestones from files
description: "A planned date: quarter end, launch, audit."
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(r.payload, '{"id": "VARCHAR", "name": "VARCHAR", "planned_at": "VARCHAR", "actual_at": "VARCHAR", "scope": "VARCHAR"}') as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'milestone'
)
select
  source,
  said.id as id,
  said.name as name,
  staging.instant(said.planned_at) as planned_at,
  staging.instant(said.actual_at) as actual_at,
  said.scope as scope
from record
order by source, id
