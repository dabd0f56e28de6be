/*
title: Waits for vendors from files
description: Work that waited for somebody outside.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "ticket": "VARCHAR", "vendor": "VARCHAR", "started_at": "VARCHAR", "ended_at": "VARCHAR", "reason": "VARCHAR",
        "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'vendor_wait'
)
select
  source,
  said.id as id,
  said.ticket as ticket,
  said.vendor as vendor,
  staging.instant(said.started_at) as started_at,
  staging.instant(said.ended_at) as ended_at,
  said.reason as reason,
  said.url as url
from record
order by source, id
