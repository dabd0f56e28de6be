/*
title: Commits of changes
grain: one row per repository and commit, with the change it belongs to
description: >
  A commit belongs to the pull request that names it, merged it or squashed it to; else to the pull request whose
  numbered merge brought it in. What a rebase put before the last commit belongs to the same pull request. A commit
  that no pull request covers is a change by itself, unless it is a merge, which only joins lines.
*/
with stated as (
  select repository, merge_sha as sha, change_id, 1 as precedence
  from model.reported_change
  where merge_sha is not null
  union all
  select repository, unnest(commits) as sha, change_id, 2 as precedence
  from model.reported_change
  union all
  select before.repository, before.sha, r.change_id, 3 as precedence
  from model.reported_change as r
  join model.mainline_commit as landed on landed.repository = r.repository and landed.sha = r.merge_sha
  join model.mainline_commit as before
    on
      before.repository = r.repository
      and before.mainline_position < landed.mainline_position
      and before.mainline_position > landed.mainline_position - r.commit_count
  where r.merge_method = 'rebase' and r.commit_count > 1
),
numbered as (
  select
    n.repository,
    n.number,
    n.sha,
    coalesce(r.change_id, s.change_id, c.source || ':' || n.repository || '#' || n.number) as change_id
  from model.commit_change_number as n
  join model.commit as c on c.repository = n.repository and c.sha = n.sha
  left join model.reported_change as r on r.repository = n.repository and r.number = n.number
  left join model.reported_change as s on s.repository = n.repository and s.merge_sha = n.sha
),
claimed as (
  select repository, sha, change_id, precedence
  from stated
  union all
  select repository, sha, change_id, 4 as precedence
  from numbered
  union all
  select o.repository, o.sha, n.change_id, 5 as precedence
  from model.commit_owner as o
  join numbered as n on n.repository = o.repository and n.sha = o.merge_sha
  union all
  select o.repository, o.sha, r.change_id, 5 as precedence
  from model.commit as o
  join model.reported_change as r on r.repository = o.repository and r.merge_sha = o.entered_by
  union all
  select repository, sha, source || ':' || repository || '@' || sha as change_id, 6 as precedence
  from model.commit
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
select r.repository, r.sha, r.change_id
from ranked as r
join model.commit as c on c.repository = r.repository and c.sha = r.sha
where r.choice = 1
order by r.repository, r.sha
