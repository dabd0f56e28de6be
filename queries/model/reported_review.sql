/*
title: Reviews as reported
grain: one row per review of a reported change
description: A review of one's own change is no review.
*/
with reported as (
  select
    source, id, change, repository, reviewer, state, submitted_at, sha, url
  from staging.files_change_review
  union all
  select
    source, id, change, repository, reviewer, state, submitted_at, sha, url
  from staging.events_change_review
  union all
  select
    source, id, change, repository, reviewer, state, submitted_at, sha, url
  from staging.github_change_review
)
select
  v.source || ':' || v.id as review_id,
  r.change_id,
  v.reviewer,
  v.state,
  v.submitted_at,
  v.sha,
  v.url
from reported as v
join model.reported_change as r
  on
    r.source = v.source
    and r.native_id = v.change
    and (v.repository is null or v.repository = r.repository)
where v.submitted_at < getvariable('as_of') and v.reviewer is distinct from r.author
order by review_id
