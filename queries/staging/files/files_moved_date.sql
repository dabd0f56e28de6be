/*
title: Moved dates from files
description: A planned date of a release or milestone that was moved, and why.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'service' as service,
  r.payload ->> 'version' as version,
  r.payload ->> 'milestone' as milestone,
  try_cast(r.payload ->> 'planned_at' as timestamptz) as planned_at,
  try_cast(r.payload ->> 'moved_to' as timestamptz) as moved_to,
  try_cast(r.payload ->> 'decided_at' as timestamptz) as decided_at,
  r.payload ->> 'cause' as cause,
  r.payload ->> 'reason' as reason,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'moved_date'
order by r.source, id
