/*
title: Labels and branches that state unplanned work
grain: one row per label or branch pattern
*/
with mark as (
  select 'label' as kind, unnest(from_json(document -> 'metrics' -> 'rework_labels', '["VARCHAR"]')) as pattern
  from raw.configuration
  union all
  select 'branch' as kind, unnest(from_json(document -> 'metrics' -> 'rework_branches', '["VARCHAR"]')) as pattern
  from raw.configuration
)
select distinct kind, pattern
from mark
order by kind, pattern
