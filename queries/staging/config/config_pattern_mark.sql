/*
title: What tells kinds of changes apart
grain: one row per kind of change, where it is looked for, and pattern
description: In lower case, since file names, labels and branches compare without regard to it; branches by their short name.
*/
with mark as (
  select 'migration' as kind, 'path' as place, unnest(from_json(document -> 'patterns' -> 'migration_paths', '["VARCHAR"]')) as pattern
  from raw.configuration
  union all
  select 'configuration' as kind, 'path' as place, unnest(from_json(document -> 'patterns' -> 'configuration_paths', '["VARCHAR"]')) as pattern
  from raw.configuration
  union all
  select 'dependency' as kind, 'path' as place, unnest(from_json(document -> 'patterns' -> 'dependency_paths', '["VARCHAR"]')) as pattern
  from raw.configuration
  union all
  select 'migration' as kind, 'label' as place, unnest(from_json(document -> 'patterns' -> 'migration_labels', '["VARCHAR"]')) as pattern
  from raw.configuration
  union all
  select 'dependency' as kind, 'label' as place, unnest(from_json(document -> 'patterns' -> 'dependency_labels', '["VARCHAR"]')) as pattern
  from raw.configuration
  union all
  select
    'dependency' as kind,
    'branch' as place,
    regexp_replace(unnest(from_json(document -> 'patterns' -> 'dependency_branches', '["VARCHAR"]')), '^refs/heads/', '') as pattern
  from raw.configuration
)
select distinct kind, place, lower(pattern) as pattern
from mark
order by kind, place, pattern
