/*
title: Reviews as reported
grain: one row per review of a reported change
description: A review of one's own change is no review, whatever login it was given with.
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
  union all
  select
    source, id, change, repository, reviewer, state, submitted_at, sha, url
  from staging.gitlab_change_review
),
-- Numbers of changes begin anew in each repository: without one it may be any of them.
of_change as (
  select v.source, v.id, v.reviewer, v.state, v.submitted_at, v.sha, v.url, r.change_id, r.author
  from model.reported_change as r
  join reported as v on v.source = r.source and v.change = r.native_id and v.repository = r.repository
  union all
  select v.source, v.id, v.reviewer, v.state, v.submitted_at, v.sha, v.url, r.change_id, r.author
  from model.reported_change as r
  join reported as v on v.source = r.source and v.change = r.native_id and v.repository is null
)
select
  v.source || ':' || v.id as review_id,
  v.change_id,
  v.reviewer,
  v.state,
  v.submitted_at,
  v.sha,
  v.url
from of_change as v
left join model.person_login as w on w.login = v.reviewer
left join model.person_login as a on a.login = v.author
where
  v.submitted_at < getvariable('as_of')
  and v.reviewer is distinct from v.author
  and (w.person_id is null or w.person_id is distinct from a.person_id)
order by review_id
