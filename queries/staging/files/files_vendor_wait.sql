/*
title: Waits for vendors from files
description: Work that waited for somebody outside.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'ticket' as ticket,
  r.payload ->> 'vendor' as vendor,
  try_cast(r.payload ->> 'started_at' as timestamptz) as started_at,
  try_cast(r.payload ->> 'ended_at' as timestamptz) as ended_at,
  r.payload ->> 'reason' as reason,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'vendor_wait'
order by r.source, id
