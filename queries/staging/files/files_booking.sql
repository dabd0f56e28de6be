/*
title: Bookings from files
description: An environment or shared test service that somebody asked for, from when until when.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "environment": "VARCHAR", "starts_at": "VARCHAR", "ends_at": "VARCHAR", "booked_by": "VARCHAR", "team": "VARCHAR",
        "service": "VARCHAR", "purpose": "VARCHAR", "cancelled_at": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'booking'
)
select
  source,
  said.id as id,
  said.environment as environment,
  staging.instant(said.starts_at) as starts_at,
  staging.instant(said.ends_at) as ends_at,
  said.booked_by as booked_by,
  said.team as team,
  said.service as service,
  said.purpose as purpose,
  staging.instant(said.cancelled_at) as cancelled_at,
  said.url as url
from record
order by source, id
