/*
title: Bills of environments from files
description: What an environment cost in a month.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "environment": "VARCHAR", "billed_on": "VARCHAR", "amount": "VARCHAR", "currency": "VARCHAR", "recorded_at": "VARCHAR",
        "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'environment_bill'
)
select
  source,
  said.id as id,
  said.environment as environment,
  staging.day(said.billed_on) as billed_on,
  staging.number(said.amount) as amount,
  said.currency as currency,
  staging.instant(said.recorded_at) as recorded_at,
  said.url as url
from record
order by source, id
