/*
title: Configuration items from files
description: What the configuration database says runs.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(r.payload, '{"id": "VARCHAR", "name": "VARCHAR", "service": "VARCHAR", "version": "VARCHAR", "owner": "VARCHAR", "updated_at": "VARCHAR"}') as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'configuration_item'
)
select
  source,
  said.id as id,
  said.name as name,
  said.service as service,
  said.version as version,
  said.owner as owner,
  staging.instant(said.updated_at) as updated_at
from record
order by source, id
