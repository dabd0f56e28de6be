/*
title: How improbable each pattern is
grain: one row per scope, pattern and test
rule: >
  Two-sided p of the normal values of the trend as counted, of the test within services, within services and halves, over days and over weeks
source: Press et al., Numerical Recipes, erfcc (relative error below 1.2e-7 everywhere)
version: 1
*/
with normal as (
  select scope_kind, scope, attribute, level, 'trend' as test, abs(trend_z) as z
  from correlation.pattern_count
  where attribute in (select attribute from correlation.number_quarter)
  union all
  select scope_kind, scope, attribute, level, 'within services' as test, corrected_z as z
  from correlation.pattern_adjusted
  union all
  select scope_kind, scope, attribute, level, 'within services and halves' as test, within_half_z as z
  from correlation.pattern_adjusted
  union all
  select scope_kind, scope, attribute, level, 'over ' || grouped_by || 's' as test, z
  from correlation.pattern_spread
),
scaled as (
  select scope_kind, scope, attribute, level, test, z, 1 / (1 + 0.5 * z / sqrt(2)) as t
  from normal
  where z is not null
)
select
  scope_kind, scope, attribute, level, test, z,
  -- twelve digits, since sums over threads end in different ones
  format(
    '{:.11e}',
    t * exp(
      -z * z / 2 - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806 + t * (
        0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))))
  )::double as p
from scaled
order by scope_kind, scope, attribute, level, test
