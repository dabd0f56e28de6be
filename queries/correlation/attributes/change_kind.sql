/*
title: Kinds of changes
grain: one row per change
rule: >
  A change is a migration if a label or the path of a file says so, a dependency update if a label or its branch says so or all its files
  are those of dependencies, and touches configuration if one of its files does and is not one of dependencies
version: 1
description: >
  Null = unknown: without its paths a change is a migration or an update where a label or branch says so, and nobody knows otherwise.
  What tells them is configuration (`patterns`).
*/
with touched as (
  select change_id, lower(unnest(paths)) as path
  from model.change
),
path as (
  select distinct path
  from touched
),
path_kind as (
  select
    p.path,
    coalesce(bool_or(m.kind = 'migration'), false) as is_migration,
    coalesce(bool_or(m.kind = 'configuration'), false) as is_configuration,
    coalesce(bool_or(m.kind = 'dependency'), false) as is_dependency
  from path as p
  left join staging.config_pattern_mark as m on m.place = 'path' and p.path glob m.pattern
  group by p.path
),
by_path as (
  select
    t.change_id,
    bool_or(k.is_migration) as touches_migration,
    bool_or(k.is_configuration and not k.is_dependency) as touches_configuration,
    bool_and(k.is_dependency) as is_dependency
  from touched as t
  join path_kind as k on k.path = t.path
  group by t.change_id
),
word as (
  select change_id, 'label' as place, lower(unnest(labels)) as word
  from model.change
  union all
  select change_id, 'branch' as place, regexp_replace(lower(source_branch), '^refs/heads/', '') as word
  from model.change
  where source_branch is not null
),
by_word as (
  select w.change_id, bool_or(m.kind = 'migration') as is_migration, bool_or(m.kind = 'dependency') as is_dependency
  from word as w
  join staging.config_pattern_mark as m on m.place = w.place and w.word glob m.pattern
  group by w.change_id
)
select
  c.change_id,
  case when w.is_migration then true else p.touches_migration end as touches_migration,
  p.touches_configuration,
  case when w.is_dependency then true else p.is_dependency end as is_dependency
from model.change as c
left join by_path as p on p.change_id = c.change_id
left join by_word as w on w.change_id = c.change_id
order by c.change_id
