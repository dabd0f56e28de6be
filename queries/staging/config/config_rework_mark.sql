/*
title: Labels and branches that state unplanned work
grain: one row per label or branch pattern
description: Labels in lower case, since they compare without regard to it; branches by their short name.
*/
with mark as (
  select 'label' as kind, lower(unnest(from_json(document -> 'metrics' -> 'rework_labels', '["VARCHAR"]'))) as pattern
  from raw.configuration
  union all
  select
    'branch' as kind,
    regexp_replace(unnest(from_json(document -> 'metrics' -> 'rework_branches', '["VARCHAR"]')), '^refs/heads/', '') as pattern
  from raw.configuration
)
select distinct kind, pattern
from mark
order by kind, pattern
