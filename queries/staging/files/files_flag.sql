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
  staging.instant(said."at") as "at",
  try_cast(said.is_on as boolean) as is_on,
  staging.number(said.share) as share,
  said.actor as actor
from record
order by source, name, "at"
