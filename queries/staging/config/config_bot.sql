/*
title: Bots as configured
grain: one row per pattern of logins
description: Patterns are those of `like` with a backslash before what is meant as it is.
*/
with listed as (
  select unnest(from_json(document -> 'people' -> 'bots', '[{"login":"VARCHAR","owner":"VARCHAR"}]')) as item
  from raw.configuration
)
select
  replace(replace(replace(replace(lower(trim(item.login)), '\', '\\'), '%', '\%'), '_', '\_'), '*', '%') as pattern,
  min(item.owner) as owner
from listed
group by pattern
order by pattern
