/*
title: Outcomes by attribute and half
grain: >
  one row per attribute, level, service, half of the organisation's history and half of the service's; numbers once for the quarters of the
  organisation, once for those of the service
description: >
  What most tests count from, so that deployments are read once. `level` is yes or no, the category, or empty for a number, whose `quarter`
  tells it. A service whose history is not looked at by itself has no half of its own.
*/
with deployment as (
  select
    d.wave_id,
    d.service,
    d.is_failure,
    case when d.day > o.first_half_until then 2 else 1 end as half,
    case when d.day > s.first_half_until then 2 when d.day <= s.first_half_until then 1 end as service_half
  from correlation.judged_deployment as d
  join correlation.scope_half as o on o.scope_kind = 'organisation'
  left join correlation.scope_half as s on s.scope_kind = 'service' and s.scope = d.service
),
stated as (
  select a.attribute, a.flag, a.category, d.service, d.half, d.service_half, count(*) as n, count(*) filter (where d.is_failure) as failed
  from correlation.deployment_attribute as a
  join deployment as d on d.wave_id = a.subject
  where a.number is null
  group by a.attribute, a.flag, a.category, d.service, d.half, d.service_half
),
measured as (
  select a.attribute, a.number, d.service, d.half, d.service_half, count(*) as n, count(*) filter (where d.is_failure) as failed
  from correlation.deployment_attribute as a
  join deployment as d on d.wave_id = a.subject
  where a.number is not null
  group by a.attribute, a.number, d.service, d.half, d.service_half
)
select
  'any' as quarters_of,
  attribute,
  case when flag then 'yes' when not flag then 'no' else coalesce(category, '') end as level,
  null::bigint as quarter,
  service,
  half,
  service_half,
  n,
  failed
from stated
union all
select
  q.scope_kind as quarters_of, m.attribute, '' as level, q.quarter, m.service, m.half, m.service_half,
  sum(m.n)::bigint as n,
  sum(m.failed)::bigint as failed
from measured as m
join correlation.number_quarter as q
  on q.scope_kind = 'organisation' and q.attribute = m.attribute and m.number >= q.lowest and m.number <= q.highest
group by q.scope_kind, m.attribute, q.quarter, m.service, m.half, m.service_half
union all
select
  q.scope_kind as quarters_of, m.attribute, '' as level, q.quarter, m.service, m.half, m.service_half,
  sum(m.n)::bigint as n,
  sum(m.failed)::bigint as failed
from measured as m
join correlation.number_quarter as q
  on q.scope_kind = 'service' and q.scope = m.service and q.attribute = m.attribute and m.number >= q.lowest and m.number <= q.highest
group by q.scope_kind, m.attribute, q.quarter, m.service, m.half, m.service_half
order by quarters_of, attribute, level, quarter, service, half, service_half
