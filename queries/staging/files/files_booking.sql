/*
title: Bookings from files
description: An environment or shared test service that somebody asked for, from when until when.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'environment' as environment,
  try_cast(r.payload ->> 'starts_at' as timestamptz) as starts_at,
  try_cast(r.payload ->> 'ends_at' as timestamptz) as ends_at,
  r.payload ->> 'booked_by' as booked_by,
  r.payload ->> 'team' as team,
  r.payload ->> 'service' as service,
  r.payload ->> 'purpose' as purpose,
  try_cast(r.payload ->> 'cancelled_at' as timestamptz) as cancelled_at,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'booking'
order by r.source, id
