/*
title: What nobody knows to be complete, and would decide
grain: one row per control and unit that cannot be judged for want of it
rule: >
  The kinds of record that a unit misses; where nothing was found against it, the kinds that would tell against it. Known is what is covered from when the unit happened
  until what is asked for was due; of a unit without a service, for all services
*/
with asked as (
  select control, unit_kind, unit, service, occurred_at, coalesce(due_at, occurred_at) as known_by, unnest(missing) as entity
  from controls.verdict
  where verdict = 'missing'
  union all
  select v.control, v.unit_kind, v.unit, v.service, v.occurred_at, coalesce(v.due_at, v.occurred_at) as known_by, n.entity
  from controls.verdict as v
  join controls.control_need as n on n.control = v.control and n.kind = 'adverse'
  where v.verdict in ('pass', 'nothing')
),
asked_of as (
  select a.control, a.unit_kind, a.unit, coalesce(a.service, s.service) as service, a.occurred_at, a.known_by, a.entity
  from asked as a
  left join model.service as s on a.service is null
),
unknown as (
  select distinct
    a.control,
    a.unit_kind,
    a.unit,
    case when a.entity = 'evidence' then 'pieces of evidence' else regexp_replace(replace(a.entity, '_', ' ') || 's', '([^aeiou])ys$', '\1ies') end as words
  from asked_of as a
  left join controls.coverage_span as s
    on s.entity = a.entity and s.service = a.service and s.covered_from <= a.occurred_at and s.covered_until >= a.known_by
  where s.entity is null
)
select control, unit_kind, unit, string_agg(words, ' and ' order by words) as words
from unknown
group by control, unit_kind, unit
order by control, unit_kind, unit
