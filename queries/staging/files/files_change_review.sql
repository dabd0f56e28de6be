/*
title: Change reviews from files
description: A review of a change.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'change' as change,
  r.payload ->> 'repository' as repository,
  r.payload ->> 'reviewer' as reviewer,
  r.payload ->> 'state' as state,
  try_cast(r.payload ->> 'submitted_at' as timestamptz) as submitted_at,
  r.payload ->> 'sha' as sha,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'change_review'
order by r.source, id
