/*
title: Change fail rate and deployment rework rate
grain: one row per scope, period and rate
rule: >
  failures, or rework, per production wave with known outcome. 95 % interval: Wilson (design 3)
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
  c.scope_kind,
  c.scope,
  c.period_kind,
  c.period_start,
  c.metric,
  c.n,
  c.hits,
  c.pending,
  c.pending_hits,
  c.unknown,
  c.unknown_hits,
  case when c.n > 0 then c.hits::double / c.n end as value,
  l.low as interval_low,
  l.high as interval_high
from counted as c
left join metrics.wilson_limit as l on l.n = c.n and l.hits = c.hits
order by c.scope_kind, c.scope, c.period_kind, c.period_start, c.metric
