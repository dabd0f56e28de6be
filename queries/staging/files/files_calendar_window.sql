/*
title: Calendar windows from files
description: A freeze, blackout, maintenance or stabilisation window.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(r.payload, '{"id": "VARCHAR", "kind": "VARCHAR", "scope": "VARCHAR", "starts_at": "VARCHAR", "ends_at": "VARCHAR", "reason": "VARCHAR"}') as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'calendar_window'
)
select
  source,
  said.id as id,
  said.kind as kind,
  said.scope as scope,
  staging.instant(said.starts_at) as starts_at,
  staging.instant(said.ends_at) as ends_at,
  said.reason as reason
from record
order by source, id
