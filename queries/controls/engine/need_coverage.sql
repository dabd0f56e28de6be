/*
title: When all kinds of record that are needed together are known to be complete
grain: one row per service (as in controls.service_coverage) and list of kinds that a control needs
description: >
  Most verdicts are settled by it alone: `never` are kinds that nobody ever declared complete; from `known_from` to `known_until` all others are (null where there are no others).
  Outside of that, or for another list, each kind is looked up in controls.service_coverage.
*/
with needed as (
  select adverse as needs
  from controls.control
  union
  select list_sort(list(entity)) as needs
  from controls.control_need
  where kind = 'supporting'
  group by control
  union
  select [entity] as needs
  from controls.control_need
),
looked_up as (
  select c.service, n.needs, c.kinds, list_filter(n.needs, lambda kind: len(c.kinds[kind].spans) = 0) as never
  from controls.service_coverage as c
  cross join needed as n
  where len(n.needs) > 0
)
select
  service,
  needs,
  never,
  list_sort(list_distinct(list_transform(never, lambda kind: kinds[kind].words))) as never_words,
  list_max(list_transform(needs, lambda kind: kinds[kind].spans[-1].covered_from)) as known_from,
  list_min(list_transform(needs, lambda kind: kinds[kind].spans[-1].covered_until)) as known_until
from looked_up
order by service, needs
