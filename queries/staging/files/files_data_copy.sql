/*
title: Copies of production data from files
description: Production data that was copied to another environment.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "service": "VARCHAR", "dataset": "VARCHAR", "from_environment": "VARCHAR", "to_environment": "VARCHAR",
        "copied_at": "VARCHAR", "used_from": "VARCHAR", "has_personal_data": "VARCHAR", "actor": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'data_copy'
)
select
  source,
  said.id as id,
  said.service as service,
  said.dataset as dataset,
  said.from_environment as from_environment,
  said.to_environment as to_environment,
  staging.instant(said.copied_at) as copied_at,
  staging.instant(said.used_from) as used_from,
  try_cast(said.has_personal_data as boolean) as has_personal_data,
  said.actor as actor,
  said.url as url
from record
order by source, id
