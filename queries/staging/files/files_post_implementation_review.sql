/*
title: Post-implementation reviews from files
description: A review after a change or release.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'change_request' as change_request,
  r.payload ->> 'service' as service,
  r.payload ->> 'version' as version,
  r.payload ->> 'incident' as incident,
  try_cast(r.payload ->> 'held_at' as timestamptz) as held_at,
  r.payload ->> 'reviewer' as reviewer,
  r.payload ->> 'outcome' as outcome,
  try_cast(r.payload ->> 'is_approved' as boolean) as is_approved,
  try_cast(r.payload ->> 'tests_made_good' as boolean) as tests_made_good,
  try_cast(r.payload ->> 'documents_made_good' as boolean) as documents_made_good,
  r.payload ->> 'anomalies' as anomalies,
  r.payload ->> 'feedback' as feedback,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'post_implementation_review'
order by r.source, id
