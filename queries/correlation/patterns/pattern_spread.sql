/*
title: Patterns over days and weeks
grain: one row per scope, pattern and way to group its deployments (day, week)
rule: >
  The score of each day (week) is what its deployments failed more or less than those of the same service and half, times how far their x is from the
  mean; t is that of the mean score against 0, with as many degrees of freedom as there are days (weeks) that weigh, less one. z is
  the normal value as improbable as t, by Wallace
source: >
  Liang and Zeger, Biometrika 73 (1986), 13-22 (robust variance); degrees of freedom as in Bell and McCaffrey, Survey Methodology 28 (2002), 169-181;
  Wallace, Ann. Math. Statist. 30 (1959), 1121-1130
version: 1
description: >
  Failures come in company: one bad day, or an unlucky week, fails several deployments at once, and whatever these have in common would look like a
  pattern. Only where the test within services has z of 1.15, which p of 0.25 needs, the highest false discovery rate that can be configured.
*/
with worth as (
  select scope_kind, scope, attribute, level
  from correlation.pattern_adjusted
  where corrected_z >= 1.15
),
mean as (
  select
    s.scope_kind, s.scope, s.attribute, s.level, s.service, s.half, h.first_half_until,
    case when q.attribute is null then 'any' else s.scope_kind end as quarters_of,
    s.sum_x::double / s.n as mean_x,
    s.failed::double / s.n as rate
  from correlation.pattern_stratum as s
  join worth as w on w.scope_kind = s.scope_kind and w.scope = s.scope and w.attribute = s.attribute and w.level = s.level
  join correlation.scope_half as h on h.scope_kind = s.scope_kind and h.scope = s.scope
  left join (select distinct attribute from correlation.number_quarter) as q on q.attribute = s.attribute
),
day_score as (
  select
    m.scope_kind, m.scope, m.attribute, m.level, c.day,
    sum((coalesce(c.quarter, case when c.level = m.level then 1 else 0 end) - m.mean_x) * (c.failed - m.rate * c.n)) as score,
    sum(power(coalesce(c.quarter, case when c.level = m.level then 1 else 0 end) - m.mean_x, 2) * c.n * m.rate * (1 - m.rate)) as weight
  from mean as m
  join correlation.pattern_cell as c
    on
      c.quarters_of = m.quarters_of
      and c.attribute = m.attribute
      and c.service = m.service
      and m.half = case when c.day > m.first_half_until then 2 else 1 end
  group by m.scope_kind, m.scope, m.attribute, m.level, c.day
),
grouped as (
  select 'day' as grouped_by, scope_kind, scope, attribute, level, score, weight
  from day_score
  union all
  select 'week' as grouped_by, scope_kind, scope, attribute, level, sum(score) as score, sum(weight) as weight
  from day_score
  group by scope_kind, scope, attribute, level, date_trunc('week', day)
),
tested as (
  select
    grouped_by, scope_kind, scope, attribute, level,
    count(*) as groups,
    abs(sum(score)) / nullif(sqrt(count(*) * var_samp(score)), 0) as t,
    power(sum(weight), 2) / nullif(sum(weight * weight), 0) - 1 as freedom
  from grouped
  group by grouped_by, scope_kind, scope, attribute, level
)
select
  grouped_by, scope_kind, scope, attribute, level, groups, t, freedom,
  case when freedom >= 1 then (8 * freedom + 1) / (8 * freedom + 3) * sqrt(freedom * ln(1 + t * t / freedom)) else 0 end as z
from tested
order by grouped_by, scope_kind, scope, attribute, level
