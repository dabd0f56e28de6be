/*
title: Required paths as configured
grain: one row per type of change and step of its path
*/
with listed as (
  select unnest(from_json(document -> 'paths', '[{"type":"VARCHAR","steps":["VARCHAR"]}]')) as item
  from raw.configuration
)
select item.type as type, unnest(item.steps) as step, unnest(range(1, len(item.steps) + 1)) as position
from listed
order by type, position
