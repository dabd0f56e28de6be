/*
title: Tickets from files
description: Work.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'kind' as kind,
  r.payload ->> 'title' as title,
  r.payload ->> 'status' as status,
  r.payload ->> 'service' as service,
  try_cast(r.payload ->> 'created_at' as timestamptz) as created_at,
  try_cast(r.payload ->> 'resolved_at' as timestamptz) as resolved_at,
  r.payload ->> 'assignee' as assignee,
  try_cast(r.payload -> 'labels' as varchar[]) as labels,
  try_cast(r.payload ->> 'due_on' as date) as due_on,
  r.payload ->> 'regulation' as regulation,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'ticket'
order by r.source, id
