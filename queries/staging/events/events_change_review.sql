/*
title: Change reviews from events
description: The standard says that a change was reviewed, not with what result; a review that states none counts as a comment.
grain: one row per source and id
*/
with said as (
  select
    source,
    event_key,
    coalesce(stated ->> '$.change_review.id', event_id) as id,
    coalesce(stated ->> '$.change_review.change', subject_id) as change,
    coalesce(stated ->> '$.change_review.repository', repository) as repository,
    stated ->> '$.change_review.reviewer' as reviewer,
    coalesce(stated ->> '$.change_review.state', 'commented') as state,
    coalesce(staging.instant(stated ->> '$.change_review.submitted_at'), "at") as submitted_at,
    coalesce(stated ->> '$.change_review.sha', sha) as sha,
    stated ->> '$.change_review.url' as url
  from staging.events_event
  where subject_type = 'change' and predicate = 'reviewed'
),
ranked as (
  select
    source, id, change, repository, reviewer, state, submitted_at, sha, url,
    row_number() over (partition by source, id order by submitted_at desc, event_key) as choice
  from said
)
select source, id, change, repository, reviewer, state, submitted_at, sha, url
from ranked
where choice = 1
order by source, id
