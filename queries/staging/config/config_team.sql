/*
title: Teams as configured
grain: one row per team
*/
with listed as (
  select unnest(from_json(document -> 'teams', '[{"team":"VARCHAR","title":"VARCHAR"}]')) as item
  from raw.configuration
)
select
  item.team as team,
  coalesce(item.title, item.team) as title
from listed
order by team
