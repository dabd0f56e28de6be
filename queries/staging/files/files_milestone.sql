/*
title: Milestones from files
description: "A planned date: quarter end, launch, audit."
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'name' as name,
  try_cast(r.payload ->> 'planned_at' as timestamptz) as planned_at,
  try_cast(r.payload ->> 'actual_at' as timestamptz) as actual_at,
  r.payload ->> 'scope' as scope
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'milestone'
order by r.source, id
