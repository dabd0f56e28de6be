/*
title: Commits of the main line
grain: one row per repository and commit on the first-parent chain of the main line
description: >
  Position counts from the root, so it does not move when the line grows. The chain is walked by doubling:
  jumps of 1, 2, 4 ... commits are joined first, then the line is laid out with them, which takes as many
  steps as the length has binary digits.
*/
with recursive jump as (
  select
    c.repository,
    c.sha,
    p.sha as ancestor,
    0 as level
  from model.reported_commit as c
  join model.reported_commit as p on p.repository = c.repository and p.sha = c.parents[1]
  union all
  select
    near.repository,
    near.sha,
    far.ancestor,
    near.level + 1 as level
  from jump as near
  join jump as far on far.repository = near.repository and far.sha = near.ancestor
),
reach as (
  select coalesce(max(level), -1) + 1 as levels
  from jump
),
line as (
  select
    r.repository,
    r.sha,
    0::bigint as distance,
    0 as level
  from model.ref as r
  join model.reported_commit as c on c.repository = r.repository and c.sha = r.sha
  where r.kind = 'main'
  union all
  select
    stepped.repository,
    stepped.sha,
    stepped.distance,
    stepped.level
  from (
    select l.repository, l.sha, l.distance, l.level + 1 as level
    from line as l
    cross join reach as r
    where l.level < r.levels
    union all
    select l.repository, j.ancestor as sha, l.distance + (1::bigint << l.level) as distance, l.level + 1 as level
    from line as l
    join jump as j on j.repository = l.repository and j.sha = l.sha and j.level = l.level
  ) as stepped
),
laid_out as (
  select l.repository, l.sha, l.distance
  from line as l
  cross join reach as r
  where l.level = r.levels
)
select
  repository,
  sha,
  max(distance) over (partition by repository) - distance + 1 as mainline_position
from laid_out
order by repository, mainline_position
