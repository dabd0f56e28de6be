/*
title: When each production deployment may be a cause by time alone
grain: one row per wave and bucket of time
description: >
  From its start until the window after going live. A bucket is as long as the window, so that a deployment lies in two or three and an
  incident in one: they meet by equality, and no incident is held against every deployment.
*/
with reach as (
  select
    wave_id,
    service,
    started_at,
    live_at,
    train,
    cast(floor(epoch(started_at)) as bigint) // greatest(getvariable('incident_window'), 3600) as first_bucket,
    (cast(floor(epoch(live_at)) as bigint) + getvariable('incident_window')) // greatest(getvariable('incident_window'), 3600) as last_bucket
  from model.wave
)
select wave_id, service, started_at, live_at, train, unnest(generate_series(first_bucket, greatest(first_bucket, last_bucket))) as bucket
from reach
order by wave_id, bucket
