/*
title: Bookings
grain: one row per booking of an environment
description: >
  Also those after as-of, as windows are: they are plans. Instants are UTC.
*/
select
  r.source || ':' || r.id as booking_id,
  r.id as native_id,
  r.source,
  coalesce(known.environment, r.environment) as environment,
  r.starts_at,
  r.ends_at,
  r.booked_by,
  r.team,
  r.service,
  r.purpose,
  r.cancelled_at,
  r.url
from staging.files_booking as r
left join model.environment_name as known on known.name = r.environment
order by booking_id
