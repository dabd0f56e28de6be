/*
title: Moved dates from files
description: A planned date of a release or milestone that was moved, and why.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "service": "VARCHAR", "version": "VARCHAR", "milestone": "VARCHAR", "planned_at": "VARCHAR", "moved_to": "VARCHAR",
        "decided_at": "VARCHAR", "cause": "VARCHAR", "reason": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'moved_date'
)
select
  source,
  said.id as id,
  said.service as service,
  said.version as version,
  said.milestone as milestone,
  staging.instant(said.planned_at) as planned_at,
  staging.instant(said.moved_to) as moved_to,
  staging.instant(said.decided_at) as decided_at,
  said.cause as cause,
  said.reason as reason,
  said.url as url
from record
order by source, id
