/*
title: Commits of changes
grain: one row per repository and commit, with the change it belongs to
description: >
  A commit belongs to the pull request that names it, merged it or squashed it to; else to the pull request whose
  numbered merge brought it in. What a rebase put before the last commit belongs to the same pull request. A commit
  that no pull request covers is a change by itself, unless it is a merge, which only joins lines.
*/
with landed as (
  select m.repository, m.mainline_position, r.change_id, r.commit_count
  from model.mainline_commit as m
  join model.reported_change as r on r.repository = m.repository and r.merge_sha = m.sha and r.merge_method = 'rebase' and r.commit_count > 1
),
stated as (
  select repository, merge_sha as sha, change_id, 1 as precedence
  from model.reported_change
  where merge_sha is not null
  union all
  select repository, unnest(commits) as sha, change_id, 2 as precedence
  from model.reported_change
  union all
  select m.repository, m.sha, l.change_id, 3 as precedence
  from model.mainline_commit as m
  join landed as l
    on
      l.repository = m.repository
      and l.mainline_position > m.mainline_position
      and l.mainline_position - l.commit_count < m.mainline_position
),
known as (
  select c.repository, c.sha, c.source, c.is_merge, c.mainline_position, c.entered_by, s.change_id, s.precedence
  from model.commit as c
  left join stated as s on s.repository = c.repository and s.sha = c.sha
),
-- Only these can belong to what comes below, and mostly they are few: it is looked up from them.
unclaimed as (
  select repository, sha, source, is_merge, mainline_position, entered_by
  from known
  where change_id is null
),
asked as (
  select repository, sha
  from unclaimed
  union
  select repository, merge_sha as sha
  from model.commit_owner
),
asked_number as (
  select n.repository, n.number, n.sha
  from model.commit_change_number as n
  join asked as a on a.repository = n.repository and a.sha = n.sha
),
of_number as (
  select n.repository, n.sha, r.change_id
  from model.reported_change as r
  join asked_number as n on n.repository = r.repository and n.number = r.number
),
of_merge as (
  select n.repository, n.sha, r.change_id
  from model.reported_change as r
  join asked_number as n on n.repository = r.repository and n.sha = r.merge_sha
),
numbered as (
  select
    n.repository,
    n.number,
    n.sha,
    coalesce(r.change_id, s.change_id, c.source || ':' || n.repository || '#' || n.number) as change_id
  from model.commit as c
  join asked_number as n on n.repository = c.repository and n.sha = c.sha
  left join of_number as r on r.repository = n.repository and r.sha = n.sha
  left join of_merge as s on s.repository = n.repository and s.sha = n.sha
),
claimed as (
  select repository, sha, change_id, precedence
  from known
  where change_id is not null
  union all
  select repository, sha, change_id, 4 as precedence
  from numbered
  union all
  select o.repository, o.sha, n.change_id, 5 as precedence
  from model.commit_owner as o
  join numbered as n on n.repository = o.repository and n.sha = o.merge_sha
  union all
  select u.repository, u.sha, r.change_id, 5 as precedence
  from model.reported_change as r
  join unclaimed as u on u.repository = r.repository and u.entered_by = r.merge_sha
  union all
  select repository, sha, source || ':' || repository || '@' || sha as change_id, 6 as precedence
  from unclaimed
  where mainline_position is not null and not is_merge
),
ranked as (
  select
    repository,
    sha,
    change_id,
    precedence,
    row_number() over (partition by repository, sha order by precedence, change_id) as choice
  from claimed
)
select repository, sha, change_id
from ranked
where choice = 1
order by repository, sha
