/*
title: Deployment permissions from files
description: Which role may deploy what, and where.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "role": "VARCHAR", "environment": "VARCHAR", "service": "VARCHAR", "change_type": "VARCHAR", "valid_from": "VARCHAR",
        "valid_until": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'deployment_permission'
)
select
  source,
  said.id as id,
  said.role as role,
  said.environment as environment,
  said.service as service,
  said.change_type as change_type,
  staging.day(said.valid_from) as valid_from,
  staging.day(said.valid_until) as valid_until
from record
order by source, id
