/*
title: Templates of standard changes from files
description: A standard change that was approved beforehand.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "title": "VARCHAR", "service": "VARCHAR", "approver": "VARCHAR", "approved_at": "VARCHAR", "valid_from": "VARCHAR",
        "valid_until": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'change_template'
)
select
  source,
  said.id as id,
  said.title as title,
  said.service as service,
  said.approver as approver,
  staging.instant(said.approved_at) as approved_at,
  staging.day(said.valid_from) as valid_from,
  staging.day(said.valid_until) as valid_until,
  said.url as url
from record
order by source, id
