/*
title: Calendar windows from files
description: A freeze, blackout, maintenance or stabilisation window.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'kind' as kind,
  r.payload ->> 'scope' as scope,
  try_cast(r.payload ->> 'starts_at' as timestamptz) as starts_at,
  try_cast(r.payload ->> 'ends_at' as timestamptz) as ends_at,
  r.payload ->> 'reason' as reason
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'calendar_window'
order by r.source, id
