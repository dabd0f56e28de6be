/*
title: Ownership from files
description: Which team owned a service from when until when.
grain: one row per source and service, team and owned_from
*/
with record as (
  select
    r.source,
    from_json(r.payload, '{"service": "VARCHAR", "team": "VARCHAR", "owned_from": "VARCHAR", "owned_until": "VARCHAR"}') as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'ownership'
)
select
  source,
  said.service as service,
  said.team as team,
  staging.day(said.owned_from) as owned_from,
  staging.day(said.owned_until) as owned_until
from record
order by source, service, team, owned_from
