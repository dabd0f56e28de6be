/*
title: Metrics as printed
grain: one row per metric, basis, scope and period
description: >
  The row form of `quarterdeck metrics --json`, described in docs/metrics.md. `row_version` changes when a column changes its meaning or goes;
  new columns may be added at the end.
version: 1
*/
with named as (
  select
    metric,
    case metric
      when 'deployment_frequency' then 1
      when 'change_lead_time' then 2
      when 'change_fail_rate' then 3
      when 'failed_deployment_recovery_time' then 4
      when 'deployment_rework_rate' then 5
      else 6
    end as metric_order,
    basis, is_headline, scope_kind, scope, period_kind, period_start, period_end, period_label, is_partial, value, unit, n, p75, p90,
    interval_low, interval_high, interval_method, numerator, denominator, pending, pending_failed, unknown, unknown_failed, changes,
    status, reason, previous_value, previous_n, rule_version, is_local_rule, release_trains, with_fix, rejected
  from metrics.metric
)
select
  '1' as row_version,
  metric, basis, is_headline, scope_kind, scope, period_kind, period_start, period_end, period_label, is_partial, value, unit, n, p75, p90,
  interval_low, interval_high, interval_method, numerator, denominator, pending, pending_failed, unknown, unknown_failed, changes,
  status, reason, previous_value, previous_n, rule_version,
  is_local_rule or exists (select 1 from raw.local_rule as o where o.relation in ('reports.metric_row', 'metrics.metric')) as is_local_rule,
  getvariable('as_of')::timestamptz as as_of,
  release_trains,
  with_fix,
  rejected
from named
order by scope_kind, scope, period_kind, period_start, metric_order, metric, is_headline desc, basis
