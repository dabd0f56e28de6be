/*
title: Change fail rate and deployment rework rate
grain: one row per scope, period and rate
rule: >
  failures, or rework, per production wave with known outcome. 95 % interval: Wilson (design 3)
source: Wilson, J. Am. Stat. Assoc. 22 (1927), 209-212
version: 1
*/
with counted as (
  select
    scope_kind, scope, period_kind, period_start,
    'change_fail_rate' as metric, known as n, known_failed as hits, pending, pending_failed as pending_hits, unknown,
    unknown_failed as unknown_hits
  from metrics.scope_outcome
  union all
  select
    scope_kind, scope, period_kind, period_start,
    'deployment_rework_rate' as metric, known as n, known_rework as hits, pending, pending_rework as pending_hits, unknown,
    unknown_rework as unknown_hits
  from metrics.scope_outcome
)
select
  scope_kind,
  scope,
  period_kind,
  period_start,
  metric,
  n,
  hits,
  pending,
  pending_hits,
  unknown,
  unknown_hits,
  case when n > 0 then hits::double / n end as value,
  case
    when n > 0 then
      greatest(
        (hits + 1.920729410347062 - 1.959963984540054 * sqrt(hits::double * (n - hits) / n + 0.960364705173531))
        / (n + 3.841458820694124),
        0
      )
  end as interval_low,
  case
    when n > 0 then
      least(
        (hits + 1.920729410347062 + 1.959963984540054 * sqrt(hits::double * (n - hits) / n + 0.960364705173531))
        / (n + 3.841458820694124),
        1
      )
  end as interval_high
from counted
order by scope_kind, scope, period_kind, period_start, metric
