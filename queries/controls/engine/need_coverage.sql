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
place as (
  select service
  from model.service
  union all
  select ''
  union all
  select null
),
asked as (
  select
    needs,
    unnest(needs) as kind
  from needed
),
last_span as (
  select
    entity,
    coalesce(service, '') as service,
    covered_from,
    covered_until,
    row_number() over (partition by entity, coalesce(service, '') order by covered_from desc) as recency
  from controls.coverage_span
),
looked_up as (
  select
    p.service,
    a.needs,
    case when s.entity is null then a.kind end as never,
    case when s.entity is null then case a.kind when 'evidence' then 'pieces of evidence' else regexp_replace(replace(a.kind, '_', ' ') || 's', '([^aeiou])ys$', '\1ies') end end as never_words,
    s.covered_from,
    s.covered_until
  from asked as a
  cross join place as p
  left join last_span as s on s.entity = a.kind and s.service = p.service and s.recency = 1
)
select
  service,
  needs,
  coalesce(list_sort(list(never) filter (where never is not null)), []) as never,
  coalesce(list_sort(list(distinct never_words) filter (where never_words is not null)), []) as never_words,
  max(covered_from) as known_from,
  min(covered_until) as known_until
from looked_up
group by service, needs
order by service, needs
