/*
title: Changes excluded by configuration
grain: one row per pattern
*/
with listed as (
  select
    unnest(
      from_json(
        document -> 'metrics' -> 'exclude_changes',
        '[{"subject":"VARCHAR","reason":"VARCHAR","by":"VARCHAR","at":"DATE"}]'
      )
    ) as item
  from raw.configuration
),
numbered as (
  select item, row_number() over (partition by item.subject order by item.reason, item."by", item."at") as choice
  from listed
)
select
  item.subject as subject_pattern,
  item.reason as reason,
  item."by" as decided_by,
  item."at" as decided_at
from numbered
where choice = 1
order by subject_pattern
