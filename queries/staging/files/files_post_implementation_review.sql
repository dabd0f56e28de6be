/*
title: Post-implementation reviews from files
description: A review after a change or release.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "change_request": "VARCHAR", "service": "VARCHAR", "version": "VARCHAR", "incident": "VARCHAR", "held_at": "VARCHAR",
        "reviewer": "VARCHAR", "outcome": "VARCHAR", "is_approved": "VARCHAR", "tests_made_good": "VARCHAR", "documents_made_good": "VARCHAR",
        "anomalies": "VARCHAR", "feedback": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'post_implementation_review'
)
select
  source,
  said.id as id,
  said.change_request as change_request,
  said.service as service,
  said.version as version,
  said.incident as incident,
  staging.instant(said.held_at) as held_at,
  said.reviewer as reviewer,
  said.outcome as outcome,
  try_cast(said.is_approved as boolean) as is_approved,
  try_cast(said.tests_made_good as boolean) as tests_made_good,
  try_cast(said.documents_made_good as boolean) as documents_made_good,
  said.anomalies as anomalies,
  said.feedback as feedback,
  said.url as url
from record
order by source, id
