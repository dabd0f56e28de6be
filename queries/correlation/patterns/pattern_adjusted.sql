/*
title: Patterns within services
grain: one row per scope and pattern
rule: >
  Relative risk of Mantel and Haenszel with the interval of Greenland and Robins, and the score test of Mantel, which for two groups is that of Cochran, Mantel
  and Haenszel (with their half off for continuity, as R has it), each service compared with itself; again in each half of the history, and with service and half as strata
source: >
  Mantel and Haenszel, J. Natl. Cancer Inst. 22 (1959), 719-748; Mantel, J. Am. Stat. Assoc. 58 (1963), 690-700; Greenland and Robins, Biometrics 41 (1985),
  55-68; R, stats::mantelhaen.test
version: 1
description: >
  A habit of one bad service is not counted against the habit: only services that have both groups say something. `strata` counts them.
*/
with span as (
  select scope_kind, scope, attribute, level, 'all' as span, service, sum(n) as n, sum(failed) as failed, sum(with_n)::double as n1,
    sum(with_failed)::double as a, sum(without_n)::double as n0, sum(without_failed)::double as c,
    sum(sum_x)::double as x, sum(sum_xx)::double as xx, sum(sum_xf)::double as xf
  from correlation.pattern_stratum
  group by scope_kind, scope, attribute, level, service
  union all
  select scope_kind, scope, attribute, level, 'half ' || half as span, service, n, failed, with_n::double as n1, with_failed::double as a,
    without_n::double as n0, without_failed::double as c, sum_x::double as x, sum_xx::double as xx, sum_xf::double as xf
  from correlation.pattern_stratum
),
compared as (
  select
    scope_kind, scope, attribute, level, span,
    count(*) as strata,
    sum(a * n0 / (n1 + n0)) as r,
    sum(c * n1 / (n1 + n0)) as s,
    sum(((a + c) * n1 * n0 - a * c * (n1 + n0)) / ((n1 + n0) * (n1 + n0))) as p,
    sum(a * (n0 - c) / (n1 + n0)) as ad,
    sum((n1 - a) * c / (n1 + n0)) as bc
  from span
  where n1 > 0 and n0 > 0
  group by scope_kind, scope, attribute, level, span
),
scored as (
  select
    scope_kind, scope, attribute, level, span,
    sum(xf - x * failed / n) as u,
    sum(failed::double / n * (1 - failed::double / n) * greatest(xx - x * x / n, 0) * n / (n - 1)) as v
  from span
  where n > 1
  group by scope_kind, scope, attribute, level, span
),
halved as (
  select
    scope_kind, scope, attribute, level,
    sum(u) as u,
    sum(v) as v,
    sum(case when span = 'half 1' then sign(round(u, 9)) end)::bigint as first_direction,
    sum(case when span = 'half 2' then sign(round(u, 9)) end)::bigint as second_direction
  from scored
  where span <> 'all'
  group by scope_kind, scope, attribute, level
),
adjusted as (
  select
    k.scope_kind,
    k.scope,
    k.attribute,
    k.level,
    coalesce(m.strata, 0) as strata,
    m.r / nullif(m.s, 0) as relative_risk,
    case
      when m.r > 0 and m.s > 0 then exp(ln(m.r / m.s) - 1.959963984540054 * sqrt(m.p / (m.r * m.s)))
      when m.r = 0 and m.s > 0 then 0
    end as risk_low,
    case when m.r > 0 and m.s > 0 then exp(ln(m.r / m.s) + 1.959963984540054 * sqrt(m.p / (m.r * m.s))) end as risk_high,
    m.ad / nullif(m.bc, 0) as odds_ratio,
    f.r / nullif(f.s, 0) as first_half_risk,
    l.r / nullif(l.s, 0) as second_half_risk,
    sign(round(k.u, 9))::bigint as direction,
    coalesce(h.first_direction, 0) as first_half_direction,
    coalesce(h.second_direction, 0) as second_half_direction,
    k.u / nullif(sqrt(k.v), 0) as z,
    -- two groups step by whole failures; quarters need no such correction
    case when q.attribute is null then greatest(abs(k.u) - 0.5, 0) else abs(k.u) end / nullif(sqrt(k.v), 0) as corrected_z,
    abs(h.u) / nullif(sqrt(h.v), 0) as within_half_z
  from scored as k
  left join compared as m
    on m.scope_kind = k.scope_kind and m.scope = k.scope and m.attribute = k.attribute and m.level = k.level and m.span = 'all'
  left join compared as f
    on f.scope_kind = k.scope_kind and f.scope = k.scope and f.attribute = k.attribute and f.level = k.level and f.span = 'half 1'
  left join compared as l
    on l.scope_kind = k.scope_kind and l.scope = k.scope and l.attribute = k.attribute and l.level = k.level and l.span = 'half 2'
  left join halved as h on h.scope_kind = k.scope_kind and h.scope = k.scope and h.attribute = k.attribute and h.level = k.level
  left join (select distinct attribute from correlation.number_quarter) as q on q.attribute = k.attribute
  where k.span = 'all'
)
-- sums differ in their last digit with the number of threads
select
  scope_kind, scope, attribute, level, strata,
  round(relative_risk, 9) as relative_risk,
  round(risk_low, 9) as risk_low,
  round(risk_high, 9) as risk_high,
  round(odds_ratio, 9) as odds_ratio,
  round(first_half_risk, 9) as first_half_risk,
  round(second_half_risk, 9) as second_half_risk,
  direction, first_half_direction, second_half_direction,
  round(z, 9) as z, round(corrected_z, 9) as corrected_z, round(within_half_z, 9) as within_half_z
from adjusted
order by scope_kind, scope, attribute, level
