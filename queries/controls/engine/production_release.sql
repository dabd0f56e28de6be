/*
title: Releases that went to production
grain: one row per service and version
description: >
  `went_live_at` is the first success in production; the release is filed under it. `previous_version` is the version of the same service that went live last before. `release_id`
  is `service@version`.
*/
with live as (
  select service, version, min(live_at) as went_live_at, min_by(wave_id, struct_pack(a := live_at, w := wave_id)) as wave_id, min(started_at) as started_at
  from model.wave
  where version is not null
  group by service, version
)
select
  service || '@' || version as release_id,
  service,
  version,
  wave_id,
  started_at,
  went_live_at,
  lag(version) over (partition by service order by went_live_at, version) as previous_version,
  lag(went_live_at) over (partition by service order by went_live_at, version) as previous_live_at
from live
order by release_id
