/*
title: Actions from files
description: What a retrospective decided.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'title' as title,
  r.payload ->> 'owner' as owner,
  r.payload ->> 'owner_role' as owner_role,
  r.payload ->> 'team' as team,
  try_cast(r.payload ->> 'due_on' as date) as due_on,
  r.payload ->> 'status' as status,
  try_cast(r.payload ->> 'closed_on' as date) as closed_on,
  r.payload ->> 'service' as service,
  r.payload ->> 'review' as review,
  r.payload ->> 'metric' as metric,
  r.payload ->> 'direction' as direction,
  try_cast(r.payload ->> 'target' as double) as target,
  r.payload ->> 'quarter' as quarter,
  try_cast(r.payload ->> 'decided_on' as date) as decided_on
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'action'
order by r.source, id
