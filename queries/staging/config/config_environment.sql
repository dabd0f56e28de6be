/*
title: Environments as configured
grain: one row per environment
*/
with listed as (
  select
    unnest(
      from_json(
        document -> 'environments',
        '[{"environment":"VARCHAR","kind":"VARCHAR","names":["VARCHAR"],"rank":"INTEGER","wave":"VARCHAR"}]'
      )
    ) as item
  from raw.configuration
)
select
  item.environment as environment,
  item.kind as kind,
  item.names as names,
  item."rank" as promotion_rank,
  item.wave as wave
from listed
order by environment
