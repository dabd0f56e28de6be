/*
title: Templates of standard changes from files
description: A standard change that was approved beforehand.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'title' as title,
  r.payload ->> 'service' as service,
  r.payload ->> 'approver' as approver,
  try_cast(r.payload ->> 'approved_at' as timestamptz) as approved_at,
  try_cast(r.payload ->> 'valid_from' as date) as valid_from,
  try_cast(r.payload ->> 'valid_until' as date) as valid_until,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'change_template'
order by r.source, id
