/*
title: Reviews of GitLab's merge requests
description: >
  Approvals that stand, with the time that GitLab gives them, else that of its note; asking for changes and taking an approval back, of which only
  its notes speak; and comments of others than the author. A comment is a review, the first of each person.
grain: one row per source and review
*/
with merge_request as (
  select source, repository, project, project_url, id, payload
  from staging.gitlab_record
  where stream = 'merge_request'
),
note as (
  select
    source,
    repository,
    id as change,
    unnest(
      from_json(
        payload -> '$.notes', '[{"id":"VARCHAR","author":{"username":"VARCHAR"},"created_at":"VARCHAR","system":"BOOLEAN","body":"VARCHAR"}]'
      )
    ) as item
  from merge_request
),
said as (
  select
    source,
    repository,
    change,
    item.id as id,
    item.author.username as reviewer,
    staging.instant(item.created_at) as submitted_at,
    case
      when not coalesce(item.system, false) then 'commented'
      when starts_with(item.body, 'approved this merge request') then 'approved'
      when starts_with(item.body, 'unapproved this merge request') then 'dismissed'
      when starts_with(item.body, 'requested changes') then 'changes_requested'
    end as state
  from note
),
standing as (
  select
    source,
    repository,
    id as change,
    unnest(from_json(payload -> '$.approvals.approved_by', '[{"user":{"username":"VARCHAR"},"approved_at":"VARCHAR"}]')) as item
  from merge_request
),
-- An approval that stands is the last that the notes of its person tell of.
approval as (
  select
    a.source,
    a.repository,
    a.change,
    a.item.user.username as reviewer,
    coalesce(staging.instant(a.item.approved_at), max(n.submitted_at)) as submitted_at
  from standing as a
  left join said as n
    on
      n.source = a.source and n.repository = a.repository and n.change = a.change and n.reviewer = a.item.user.username
      and n.state = 'approved'
  group by a.source, a.repository, a.change, a.item.user.username, a.item.approved_at
),
comment as (
  select
    source, repository, change, reviewer, submitted_at, id,
    row_number() over (partition by source, repository, change, reviewer order by submitted_at, staging.whole(id)) as choice
  from said
  where state = 'commented'
),
review as (
  select source, repository, change, 'approval ' || reviewer as part, reviewer, 'approved' as state, submitted_at
  from approval
  union all
  select s.source, s.repository, s.change, 'note ' || s.id as part, s.reviewer, s.state, s.submitted_at
  from said as s
  where
    s.state in ('changes_requested', 'dismissed')
    -- An approval that was taken back.
    or (
      s.state = 'approved'
      and not exists (
        select 1
        from approval as a
        where
          a.source = s.source and a.repository = s.repository and a.change = s.change and a.reviewer = s.reviewer
          and date_trunc('second', a.submitted_at) = date_trunc('second', s.submitted_at)
      )
    )
  union all
  select source, repository, change, 'note ' || id as part, reviewer, 'commented' as state, submitted_at
  from comment
  where choice = 1
)
select
  v.source,
  m.project || '!' || v.change || ' ' || v.part as id,
  v.change,
  v.repository,
  v.reviewer,
  v.state,
  v.submitted_at,
  m.payload ->> '$.sha' as sha,
  m.project_url || '/-/merge_requests/' || v.change
    || case when starts_with(v.part, 'note ') then '#note_' || substr(v.part, 6) else '' end as url
from review as v
join merge_request as m on m.source = v.source and m.repository = v.repository and m.id = v.change
where v.submitted_at is not null and v.reviewer is not null
order by v.source, id
