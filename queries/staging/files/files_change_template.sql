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
  try_cast(said.approved_at as timestamptz) as approved_at,
  try_cast(said.valid_from as date) as valid_from,
  try_cast(said.valid_until as date) as valid_until,
  said.url as url
from record
order by source, id
