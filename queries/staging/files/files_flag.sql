/*
title: Feature flag switches from files
description: A feature flag switched on or off.
grain: one row per source and name and at
*/
select
  r.source,
  r.payload ->> 'name' as name,
  r.payload ->> 'service' as service,
  try_cast(r.payload ->> 'at' as timestamptz) as "at",
  try_cast(r.payload ->> 'is_on' as boolean) as is_on,
  try_cast(r.payload ->> 'share' as double) as share,
  r.payload ->> 'actor' as actor
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'flag'
order by r.source, name, "at"
