/*
title: Teams
grain: one row per team
*/
with named as (
  select team, title, 1 as precedence
  from staging.config_team
  union all
  select distinct team, team as title, 2 as precedence
  from staging.files_ownership
),
ranked as (
  select team, title, row_number() over (partition by team order by precedence) as choice
  from named
)
select team, title
from ranked
where choice = 1
order by team
