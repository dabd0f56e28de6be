/*
title: Change requests from files
description: A ticket that authorises a change.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'title' as title,
  r.payload ->> 'description' as description,
  r.payload ->> 'reason' as reason,
  r.payload ->> 'impact' as impact,
  try_cast(r.payload -> 'affected_items' as varchar[]) as affected_items,
  r.payload ->> 'owner' as owner,
  r.payload ->> 'type' as type,
  r.payload ->> 'template' as template,
  r.payload ->> 'risk' as risk,
  r.payload ->> 'service' as service,
  r.payload ->> 'status' as status,
  r.payload ->> 'requested_by' as requested_by,
  try_cast(r.payload ->> 'created_at' as timestamptz) as created_at,
  try_cast(r.payload ->> 'planned_start' as timestamptz) as planned_start,
  try_cast(r.payload ->> 'planned_end' as timestamptz) as planned_end,
  r.payload ->> 'rollback_plan' as rollback_plan,
  r.payload ->> 'test_plan' as test_plan,
  try_cast(r.payload ->> 'review_at' as timestamptz) as review_at,
  try_cast(r.payload ->> 'closed_at' as timestamptz) as closed_at,
  try_cast(r.payload -> 'incidents' as varchar[]) as incidents,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'change_request'
order by r.source, id
