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
left join model.person_login as w on w.login = v.reviewer
left join model.person_login as a on a.login = r.author
where
  v.submitted_at < getvariable('as_of')
  and v.reviewer is distinct from r.author
  and (w.person_id is null or w.person_id is distinct from a.person_id)
order by review_id
