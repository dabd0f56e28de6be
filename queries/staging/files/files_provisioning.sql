/*
title: Provisioning from files
description: A runner or environment that was asked for, and when it was there.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "kind": "VARCHAR", "name": "VARCHAR", "service": "VARCHAR", "pipeline_run": "VARCHAR", "attempt": "VARCHAR",
        "requested_at": "VARCHAR", "ready_at": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'provisioning'
)
select
  source,
  said.id as id,
  said.kind as kind,
  said.name as name,
  said.service as service,
  said.pipeline_run as pipeline_run,
  staging.whole(said.attempt) as attempt,
  staging.instant(said.requested_at) as requested_at,
  staging.instant(said.ready_at) as ready_at,
  said.url as url
from record
order by source, id
