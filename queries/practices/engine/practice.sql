/*
title: Practices
grain: one row per practice of release management that the product answers for
description: As the files in `practices/` say; `out_of_scope` is what of the practice nobody can report on, and why.
*/
with listed as (
  select
    unnest(
      from_json(
        document -> 'practices',
        '[{"practice":"VARCHAR","position":"BIGINT","module":"VARCHAR","module_title":"VARCHAR","title":"VARCHAR","out_of_scope":"VARCHAR"}]'
      )
    ) as item
  from raw.control_catalogue
)
select
  item.practice as practice,
  item.position as position,
  item.module as module,
  item.module_title as module_title,
  item.title as title,
  item.out_of_scope as out_of_scope
from listed
order by position
