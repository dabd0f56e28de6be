/*
title: Readiness reviews from files
description: "A review before a release: is everything there that it needs?"
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'change_request' as change_request,
  r.payload ->> 'service' as service,
  r.payload ->> 'version' as version,
  try_cast(r.payload ->> 'reviewed_at' as timestamptz) as reviewed_at,
  r.payload ->> 'reviewer' as reviewer,
  r.payload ->> 'outcome' as outcome,
  try_cast(r.payload ->> 'has_rollback_plan' as boolean) as has_rollback_plan,
  try_cast(r.payload ->> 'has_communication_plan' as boolean) as has_communication_plan,
  try_cast(r.payload ->> 'has_support_cover' as boolean) as has_support_cover,
  try_cast(r.payload ->> 'has_monitoring' as boolean) as has_monitoring,
  try_cast(r.payload ->> 'has_health_checks' as boolean) as has_health_checks,
  try_cast(r.payload ->> 'has_premortem' as boolean) as has_premortem,
  try_cast(r.payload -> 'open_items' as varchar[]) as open_items,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'readiness_review'
order by r.source, id
