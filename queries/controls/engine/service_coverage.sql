/*
title: When each kind of record of a service is known to be complete
grain: one row per service, '' = of all services together, null = of one that is not configured
description: "`kinds` holds, by kind of record, its words and the spans in which it is complete, so that a verdict looks up all that it rests on at once."
*/
with kind as (
  select entity
  from controls.control_need
  union
  select entity
  from controls.coverage_span
),
place as (
  select service
  from model.service
  union all
  select ''
  union all
  select null
),
known as (
  select
    entity,
    coalesce(service, '') as service,
    list({'covered_from': covered_from, 'covered_until': covered_until} order by covered_from) as spans
  from controls.coverage_span
  group by entity, coalesce(service, '')
)
select
  p.service,
  map_from_entries(
    list(
      {
        'key': k.entity,
        'value': {
          'words': case k.entity when 'evidence' then 'pieces of evidence' else regexp_replace(replace(k.entity, '_', ' ') || 's', '([^aeiou])ys$', '\1ies') end,
          'spans': coalesce(s.spans, [])
        }
      }
      order by k.entity
    )
  ) as kinds
from place as p
cross join kind as k
left join known as s on s.entity = k.entity and s.service = p.service
group by p.service
order by p.service
