/*
title: Patterns as counted
grain: one row per scope and pattern
rule: >
  Relative risk with its 95 % interval by the logarithm, risk difference with Newcombe's interval from the two Wilson intervals, and for numbers
  the trend over their quarters (Cochran and Armitage). Where a group has no failure or nothing else, half a deployment is
  added to each of the four cells of the interval, never to the relative risk itself
source: >
  Katz et al., Biometrics 34 (1978), 469-474; Newcombe, Statistics in Medicine 17 (1998), 873-890, method 10; Armitage, Biometrics 11 (1955), 375-386;
  halves in empty cells: Walter, Biometrika 62 (1975), 371-374
version: 1
description: >
  There is enough to test where each of the two groups has enough deployments, and would have enough failures if the attribute meant nothing. As counted, whatever the service; what a pattern is judged by is in `correlation.pattern_adjusted`.
*/
with summed as (
  select
    scope_kind, scope, attribute, level,
    sum(n)::bigint as n,
    sum(failed)::bigint as failed,
    sum(with_n)::bigint as with_n,
    sum(with_failed)::bigint as with_failed,
    sum(without_n)::bigint as without_n,
    sum(without_failed)::bigint as without_failed,
    sum(sum_x)::double as sum_x,
    sum(sum_xx)::double as sum_xx,
    sum(sum_xf)::double as sum_xf
  from correlation.pattern_stratum
  group by scope_kind, scope, attribute, level
),
added as (
  select
    scope_kind, scope, attribute, level, n, failed, with_n, with_failed, without_n, without_failed, sum_x, sum_xx, sum_xf,
    case
      when with_failed = 0 or without_failed = 0 or (with_failed = with_n and without_failed = without_n) then 0.5
      else 0
    end::double as half,
    with_failed::double / nullif(with_n, 0) as with_rate,
    without_failed::double / nullif(without_n, 0) as without_rate
  from summed
),
limited as (
  select
    scope_kind, scope, attribute, level, n, failed, with_n, with_failed, without_n, without_failed, sum_x, sum_xx, sum_xf, with_rate, without_rate,
    case
      when with_n > 0 and without_n > 0
        then ln((with_failed + half) * (without_n + 2 * half) / ((without_failed + half) * (with_n + 2 * half)))
    end as log_risk,
    case
      when with_n > 0 and without_n > 0
        then
          sqrt(
            1 / (with_failed + half) - 1 / (with_n + 2 * half)
            + 1 / (without_failed + half) - 1 / (without_n + 2 * half)
          )
    end as log_error,
    case when with_n > 0 then (with_failed + 1.920729410347062) / (with_n + 3.841458820694124) end as with_middle,
    case when with_n > 0 then 1.959963984540054 * sqrt(with_failed * (1 - with_rate) + 0.960364705173531) / (with_n + 3.841458820694124) end as with_width,
    case when without_n > 0 then (without_failed + 1.920729410347062) / (without_n + 3.841458820694124) end as without_middle,
    case
      when without_n > 0
        then 1.959963984540054 * sqrt(without_failed * (1 - without_rate) + 0.960364705173531) / (without_n + 3.841458820694124)
    end as without_width
  from added
)
select
  scope_kind, scope, attribute, level, n, failed, with_n, with_failed, without_n, without_failed, with_rate, without_rate,
  with_rate / nullif(without_rate, 0) as relative_risk,
  case when failed > 0 then exp(log_risk - 1.959963984540054 * log_error) end as risk_low,
  case when failed > 0 then exp(log_risk + 1.959963984540054 * log_error) end as risk_high,
  with_rate - without_rate as difference,
  with_rate - without_rate
  - sqrt(power(with_rate - (with_middle - with_width), 2) + power(without_middle + without_width - without_rate, 2)) as difference_low,
  with_rate - without_rate
  + sqrt(power(with_middle + with_width - with_rate, 2) + power(without_rate - (without_middle - without_width), 2)) as difference_high,
  (sum_xf - sum_x * failed / n)
  / nullif(sqrt(greatest(failed::double / n * (1 - failed::double / n) * (sum_xx - sum_x * sum_x / n), 0)), 0) as trend_z,
  with_n >= getvariable('minimum_deployments')
  and without_n >= getvariable('minimum_deployments')
  and with_n::double * failed / n >= getvariable('minimum_expected')
  and without_n::double * failed / n >= getvariable('minimum_expected') as is_enough
from limited
order by scope_kind, scope, attribute, level
