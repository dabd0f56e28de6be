/*
title: The pull request that a commit belongs to
grain: one row per repository and commit that a numbered merge brought to the main line
description: Follows the merges that brought a commit in, from the innermost outwards, to the first with a number.
*/
with recursive upward as (
  select repository, sha, entered_by as merge_sha
  from model.commit
  where entered_by is not null
  union all
  select u.repository, u.sha, m.entered_by as merge_sha
  from upward as u
  join model.commit as m on m.repository = u.repository and m.sha = u.merge_sha
  left join model.commit_change_number as n on n.repository = u.repository and n.sha = u.merge_sha
  where n.sha is null and m.entered_by is not null
)
select
  u.repository,
  u.sha,
  u.merge_sha,
  n.number
from upward as u
join model.commit_change_number as n on n.repository = u.repository and n.sha = u.merge_sha
order by u.repository, u.sha
