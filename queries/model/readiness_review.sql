/*
title: Readiness reviews
grain: one row per review
description: >
  Held before as-of. A null in a check = nobody said. Instants are UTC.
*/
select
  source || ':' || id as readiness_review_id,
  id as native_id,
  source,
  change_request,
  service,
  version,
  reviewed_at,
  reviewer,
  outcome,
  has_rollback_plan,
  has_communication_plan,
  has_support_cover,
  has_monitoring,
  has_health_checks,
  has_premortem,
  coalesce(open_items, []) as open_items,
  url
from staging.files_readiness_review
where reviewed_at is null or reviewed_at < getvariable('as_of')
order by readiness_review_id
