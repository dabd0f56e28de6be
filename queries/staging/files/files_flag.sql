/*
title: Feature flag switches from files
description: A feature flag switched on or off.
grain: one row per source and name and at
*/
with record as (
  select
    r.source,
    from_json(r.payload, '{"name": "VARCHAR", "service": "VARCHAR", "at": "VARCHAR", "is_on": "VARCHAR", "share": "VARCHAR", "actor": "VARCHAR"}') as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'flag'
)
select
  source,
  said.name as name,
  said.service as service,
  try_cast(said."at" as timestamptz) as "at",
  try_cast(said.is_on as boolean) as is_on,
  try_cast(said.share as double) as share,
  said.actor as actor
from record
order by source, name, "at"
