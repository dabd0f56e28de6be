/*
title: Sources that tell of people apart from each other
grain: one row per two sets of spaces that have none in common
description: Of two people who occur in such sets only, nobody knows that they are two.
*/
with spaces as (
  select distinct spaces
  from controls.lone_person
),
space as (
  select spaces, unnest(string_split(spaces, '; ')) as space
  from spaces
),
shared as (
  select distinct a.spaces, b.spaces as other_spaces
  from space as a
  join space as b on b.space = a.space
)
select a.spaces, b.spaces as other_spaces
from spaces as a
cross join spaces as b
left join shared as s on s.spaces = a.spaces and s.other_spaces = b.spaces
where s.spaces is null
order by a.spaces, b.spaces
