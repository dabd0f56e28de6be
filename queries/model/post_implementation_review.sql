/*
title: Post-implementation reviews
grain: one row per review
description: >
  Held before as-of. A null in a check = nobody said. Instants are UTC.
*/
select
  source || ':' || id as post_implementation_review_id,
  id as native_id,
  source,
  change_request,
  service,
  version,
  incident,
  held_at,
  reviewer,
  outcome,
  is_approved,
  tests_made_good,
  documents_made_good,
  anomalies,
  feedback,
  url
from staging.files_post_implementation_review
where held_at is null or held_at < getvariable('as_of')
order by post_implementation_review_id
