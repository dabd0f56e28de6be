/*
title: Deployments and failures by attribute
grain: one row per service, attribute and value, or quarter of values, that a deployment with known outcome has
audience: leadership
description: >
  The cells that patterns of the organisation are counted from, service by service. Numbers are in the quarters of the organisation.
columns:
  service: Name of the service
  attribute: What is looked at
  level: yes, no, the category, or the quarter from 1 to 4
  lowest: Of a number, the lowest of the quarter
  highest: Of a number, the highest of the quarter
  deployments: Deployments whose outcome is known, rollbacks aside
  failed_deployments: How many of them failed
*/
select
  c.service,
  c.attribute,
  coalesce(c.quarter::varchar, c.level) as level,
  q.lowest,
  q.highest,
  sum(c.n)::bigint as deployments,
  sum(c.failed)::bigint as failed_deployments
from correlation.pattern_cell as c
left join correlation.number_quarter as q
  on q.scope_kind = 'organisation' and q.attribute = c.attribute and q.quarter = c.quarter
where c.quarters_of in ('any', 'organisation')
group by c.service, c.attribute, coalesce(c.quarter::varchar, c.level), q.lowest, q.highest
order by c.service, c.attribute, level
