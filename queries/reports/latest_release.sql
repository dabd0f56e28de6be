/*
title: Last release of each service
grain: one row per service with a version in production
*/
with ranked as (
  select
    service,
    version,
    live_at,
    row_number() over (partition by service order by live_at desc, wave_id desc) as choice
  from model.wave
  where version is not null and kind = 'deployment'
)
select service, version, live_at
from ranked
where choice = 1
order by service
