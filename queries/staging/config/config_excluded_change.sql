/*
title: Changes excluded by configuration
grain: one row per pattern
*/
with listed as (
  select unnest(from_json(document -> 'metrics' -> 'exclude_changes', '[{"subject":"VARCHAR","reason":"VARCHAR"}]')) as item
  from raw.configuration
)
select
  item.subject as subject_pattern,
  min(item.reason) as reason
from listed
group by item.subject
order by subject_pattern
