/*
title: Change reviews from files
description: A review of a change.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "change": "VARCHAR", "repository": "VARCHAR", "reviewer": "VARCHAR", "state": "VARCHAR", "submitted_at": "VARCHAR",
        "sha": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'change_review'
)
select
  source,
  said.id as id,
  said.change as change,
  said.repository as repository,
  said.reviewer as reviewer,
  said.state as state,
  staging.instant(said.submitted_at) as submitted_at,
  said.sha as sha,
  said.url as url
from record
order by source, id
