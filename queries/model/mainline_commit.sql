/*
title: Commits of the main line
grain: one row per repository and commit on the first-parent chain of the main line
description: >
  Position counts from the root, so it does not move when the line grows. Commits that follow one another in time, each the first parent
  of the next, form a run: a line without branches is one. From run to run the line is walked by doubling: jumps of 1, 2, 4 ... runs
  are joined first, then the line is laid out with them, which takes as many steps as the number of runs has binary digits. A line that
  comes back to itself, which no Git writes but files may, is laid out once around.
*/
with recursive followed as (
  select
    repository,
    sha,
    parents[1] as parent,
    row_number() over (partition by repository order by committed_at, sha) as moment,
    coalesce(parents[1] = lag(sha) over (partition by repository order by committed_at, sha), false) as is_next
  from model.reported_commit
),
-- A run is named by the moment at which it begins.
numbered as (
  select
    repository,
    sha,
    parent,
    moment,
    max(case when not is_next then moment end) over (partition by repository order by moment rows between unbounded preceding and current row) as run
  from followed
),
placed as (
  select repository, sha, parent, run, moment - run + 1 as place
  from numbered
),
size as (
  select repository, count(*) as commits
  from placed
  group by repository
),
-- From the first commit of a run to that commit of another one on which it stands: `place` there, so many steps away.
jump as (
  select
    r.repository,
    r.run,
    p.run as ancestor,
    p.place,
    1::bigint as steps,
    0 as level
  from placed as r
  join placed as p on p.repository = r.repository and p.sha = r.parent
  where r.place = 1
  union all
  select
    near.repository,
    near.run,
    far.ancestor,
    far.place,
    near.steps + near.place - 1 + far.steps as steps,
    near.level + 1 as level
  from jump as near
  join jump as far on far.repository = near.repository and far.run = near.ancestor
  join size as s on s.repository = near.repository
  where near.steps + near.place - 1 + far.steps < s.commits
),
reach as (
  select coalesce(max(level), -1) + 1 as levels
  from jump
),
line as (
  select
    r.repository,
    p.run,
    p.place,
    0::bigint as distance,
    0 as level
  from model.ref as r
  join placed as p on p.repository = r.repository and p.sha = r.sha
  where r.kind = 'main'
  union all
  select
    stepped.repository,
    stepped.run,
    stepped.place,
    stepped.distance,
    stepped.level
  from (
    select l.repository, l.run, l.place, l.distance, l.level + 1 as level
    from line as l
    cross join reach as r
    where l.level < r.levels
    union all
    select l.repository, j.ancestor as run, j.place, l.distance + l.place - 1 + j.steps as distance, l.level + 1 as level
    from line as l
    join jump as j on j.repository = l.repository and j.run = l.run and j.level = l.level
  ) as stepped
),
reached as (
  select
    l.repository,
    l.run,
    l.place,
    l.distance,
    row_number() over (partition by l.repository, l.run order by l.distance, l.place) as time_around
  from line as l
  cross join reach as r
  where l.level = r.levels
),
laid_out as (
  select l.repository, p.sha, l.distance + l.place - p.place as distance
  from reached as l
  join placed as p on p.repository = l.repository and p.run = l.run and p.place <= l.place
  where l.time_around = 1
),
line_length as (
  select repository, max(distance) + 1 as commits
  from laid_out
  group by repository
)
select l.repository, l.sha, n.commits - l.distance as mainline_position
from laid_out as l
join line_length as n on n.repository = l.repository
order by l.repository, mainline_position
