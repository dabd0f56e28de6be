/*
title: Pull requests seen in the commit graph
grain: one row per repository and number
description: >
  The commit by which the number first reached the main line. A later commit that ends in the same number
  (a copy, or a subject that names an issue) is a change of its own.
*/
with numbered as (
  select
    repository,
    number,
    sha,
    is_merge,
    mainline_position,
    row_number() over (
      partition by repository, number
      order by is_merge desc, mainline_position, committed_at, sha
    ) as choice
  from model.commit
  where number is not null and mainline_position is not null
)
select repository, number, sha, is_merge, mainline_position
from numbered
where choice = 1
order by repository, number
