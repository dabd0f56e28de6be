/*
title: Outcomes by pattern, service and half
grain: one row per scope, pattern, service in it and half of its history
rule: >
  A pattern is a yes; one category against all others; or a number, from its lowest to its highest quarter. `with` and `without` count the two
  groups that are compared: of a number its highest and lowest quarter
version: 1
description: >
  The score x is 1 or 0, of a number its quarter; sums of x, of x squared and of x over the failures are what trend tests and tests over strata need.
*/
with placed as (
  select 'organisation' as scope_kind, '' as scope, attribute, level, quarter, service, half, n, failed
  from correlation.pattern_cell
  where quarters_of in ('any', 'organisation')
  union all
  select 'service' as scope_kind, service as scope, attribute, level, quarter, service, service_half as half, n, failed
  from correlation.pattern_cell
  where quarters_of in ('any', 'service') and service_half is not null
),
counted as (
  select scope_kind, scope, attribute, level, quarter, service, half, sum(n)::bigint as n, sum(failed)::bigint as failed
  from placed
  group by scope_kind, scope, attribute, level, quarter, service, half
),
stratum as (
  select scope_kind, scope, attribute, service, half, sum(n)::bigint as n, sum(failed)::bigint as failed
  from counted
  where quarter is null
  group by scope_kind, scope, attribute, service, half
),
pattern as (
  select distinct scope_kind, scope, attribute, level
  from counted
  where quarter is null and level <> 'no'
),
grouped as (
  select
    p.scope_kind, p.scope, p.attribute, p.level, s.service, s.half, s.n, s.failed,
    coalesce(c.n, 0) as with_n,
    coalesce(c.failed, 0) as with_failed
  from pattern as p
  join stratum as s on s.scope_kind = p.scope_kind and s.scope = p.scope and s.attribute = p.attribute
  left join counted as c
    on
      c.scope_kind = p.scope_kind
      and c.scope = p.scope
      and c.attribute = p.attribute
      and c.level = p.level
      and c.service = s.service
      and c.half = s.half
),
quarter_count as (
  select distinct scope_kind, scope, attribute, quarters
  from correlation.number_quarter
)
select
  scope_kind, scope, attribute, level, service, half, n, failed, with_n, with_failed,
  n - with_n as without_n,
  failed - with_failed as without_failed,
  with_n as sum_x,
  with_n as sum_xx,
  with_failed as sum_xf
from grouped
union all
select
  c.scope_kind, c.scope, c.attribute, c.level, c.service, c.half,
  sum(c.n)::bigint as n,
  sum(c.failed)::bigint as failed,
  coalesce(sum(c.n) filter (where c.quarter = q.quarters), 0)::bigint as with_n,
  coalesce(sum(c.failed) filter (where c.quarter = q.quarters), 0)::bigint as with_failed,
  coalesce(sum(c.n) filter (where c.quarter = 1), 0)::bigint as without_n,
  coalesce(sum(c.failed) filter (where c.quarter = 1), 0)::bigint as without_failed,
  sum(c.quarter * c.n)::bigint as sum_x,
  sum(c.quarter * c.quarter * c.n)::bigint as sum_xx,
  sum(c.quarter * c.failed)::bigint as sum_xf
from counted as c
join quarter_count as q on q.scope_kind = c.scope_kind and q.scope = c.scope and q.attribute = c.attribute
where c.quarter is not null and q.quarters > 1
group by c.scope_kind, c.scope, c.attribute, c.level, c.service, c.half
order by scope_kind, scope, attribute, level, service, half
