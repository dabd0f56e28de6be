/*
title: Outcomes by attribute and day
grain: one row per attribute, level, service and day with a deployment; numbers once for the quarters of the organisation, once for those of the service
description: >
  What all tests count from, so that deployments are read once. `level` is yes or no, the category, or empty for a number, whose
  `quarter` tells it.
*/
with valued as (
  select
    a.attribute,
    case when a.flag then 'yes' when not a.flag then 'no' else coalesce(a.category, '') end as level,
    a.number,
    d.service,
    d.day,
    d.is_failure
  from correlation.deployment_attribute as a
  join correlation.judged_deployment as d on d.wave_id = a.subject
)
select 'any' as quarters_of, attribute, level, null::bigint as quarter, service, day, count(*) as n, count(*) filter (where is_failure) as failed
from valued
where number is null
group by attribute, level, service, day
union all
select 'organisation' as quarters_of, v.attribute, v.level, q.quarter, v.service, v.day, count(*) as n, count(*) filter (where v.is_failure) as failed
from valued as v
join correlation.number_quarter as q
  on q.scope_kind = 'organisation' and q.attribute = v.attribute and v.number >= q.lowest and v.number <= q.highest
group by v.attribute, v.level, q.quarter, v.service, v.day
union all
select 'service' as quarters_of, v.attribute, v.level, q.quarter, v.service, v.day, count(*) as n, count(*) filter (where v.is_failure) as failed
from valued as v
join correlation.number_quarter as q
  on q.scope_kind = 'service' and q.scope = v.service and q.attribute = v.attribute and v.number >= q.lowest and v.number <= q.highest
group by v.attribute, v.level, q.quarter, v.service, v.day
order by quarters_of, attribute, level, quarter, service, day
