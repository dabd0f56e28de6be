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
  pattern. Weeks are asked where 20 degrees of freedom are left: a history of two months
  has too few to tell an unlucky week from a habit. Only where the test within services has z of 1.15, which p of 0.25 needs, the highest false discovery rate that can be configured.
*/
with worth as (
  select a.scope_kind, a.scope, a.attribute, a.level
  from correlation.pattern_adjusted as a
  join correlation.pattern_count as c
    on c.scope_kind = a.scope_kind and c.scope = a.scope and c.attribute = a.attribute and c.level = a.level
  where a.corrected_z >= 1.15 and c.is_enough
),
mean as (
  select
    s.scope_kind, s.scope, s.attribute, s.level, s.service, s.half, h.first_half_until,
    s.sum_x::double / s.n as mean_x,
    s.failed::double / s.n as rate
  from correlation.pattern_stratum as s
  join worth as w on w.scope_kind = s.scope_kind and w.scope = s.scope and w.attribute = s.attribute and w.level = s.level
  join correlation.scope_half as h on h.scope_kind = s.scope_kind and h.scope = s.scope
),
scored as (
  select
    m.scope_kind, m.scope, m.attribute, m.level, d.day, m.mean_x, m.rate, d.is_failure,
    coalesce(q.quarter, case when a.flag or a.category = m.level then 1 else 0 end) as x
  from mean as m
  join correlation.judged_deployment as d
    on d.service = m.service and m.half = case when d.day > m.first_half_until then 2 else 1 end
  join correlation.deployment_attribute as a on a.subject = d.wave_id and a.attribute = m.attribute
  left join correlation.number_quarter as q
    on
      q.scope_kind = m.scope_kind
      and q.scope = m.scope
      and q.attribute = a.attribute
      and a.number >= q.lowest
      and a.number <= q.highest
),
day_score as (
  select
    scope_kind, scope, attribute, level, day,
    sum((x - mean_x) * (case when is_failure then 1 else 0 end - rate)) as score,
    sum((x - mean_x) * (x - mean_x) * rate * (1 - rate)) as weight
  from scored
  group by scope_kind, scope, attribute, level, day
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
  grouped_by, scope_kind, scope, attribute, level, groups, round(t, 9) as t, freedom,
  case when freedom >= 1 then round((8 * freedom + 1) / (8 * freedom + 3) * sqrt(freedom * ln(1 + tested.t * tested.t / freedom)), 9) else 0 end as z
from tested
where grouped_by = 'day' or freedom >= 20
order by grouped_by, scope_kind, scope, attribute, level
