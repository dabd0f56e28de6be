/*
title: Metrics by scope and period
grain: one row per metric, basis, scope and period, those without data included where pages show them
audience: leadership
columns:
  metric: Name of the metric, described in docs/metrics.md
  basis: "Change lead time: from when it is told (first commit, opened or merge); else empty"
  is_headline: True for the basis that pages lead with
  scope_kind: organisation, team or service
  scope: Name of the organisation, team or service
  period_kind: all, year, quarter, month, week or rolling
  period_start: First instant of the period
  period_end: First instant after the period
  period_label: The period in words
  is_partial: True where the known history or as-of cuts the period
  value: The metric in its unit; null = no data
  unit: per day, seconds, ratio or days per week
  n: "Sample size: deployments, (change, service) facts, or recoveries"
  p75: 75th percentile of a duration, in seconds
  p90: 90th percentile of a duration, in seconds
  interval_low: Lower end of the 95 % interval, in the unit of the value
  interval_high: Upper end of the 95 % interval, in the unit of the value
  interval_method: How the interval is computed
  numerator: What was counted, of a rate or frequency
  denominator: What it is divided by; days for a frequency
  pending: Facts that cannot be judged yet
  pending_failed: How many of the pending failed so far
  unknown: Facts that cannot be judged
  unknown_failed: At least how many of the unknown failed
  changes: Distinct changes behind a lead time
  release_trains: Distinct release trains among the deployments, counted beside
  with_fix: Planned deployments that carried a fix, counted beside
  rejected: Deployments that evidence makes failures and people say are none, counted beside
  status: ok or no data
  reason: What would bring the data
  previous_value: Value of the period before
  previous_n: Sample size of the period before
  change_ratio: Change from the period before; of ratios the difference, of everything else relative to the period before
  verdict: better or worse where the 95 % interval of the difference leaves out zero, else unclear, too few or none
  rule_version: Version of the metric's rule
  is_local_rule: True where a query of this organisation has a part in it
*/
with shown as (
  select
    true as is_headline, metric, basis, scope_kind, scope, period_kind, period_start, period_end, period_label, is_partial, value, unit, n, p75, p90,
    interval_low, interval_high, interval_method, numerator, denominator, pending, pending_failed, unknown, unknown_failed, changes,
    release_trains, with_fix, rejected, status, reason, previous_value, previous_n, change, verdict, rule_version, is_local_rule
  from reports.site_figure
)
select
  coalesce(m.metric, f.metric) as metric,
  coalesce(m.basis, f.basis) as basis,
  coalesce(m.is_headline, f.is_headline) as is_headline,
  coalesce(m.scope_kind, f.scope_kind) as scope_kind,
  coalesce(m.scope, f.scope) as scope,
  coalesce(m.period_kind, f.period_kind) as period_kind,
  coalesce(m.period_start, f.period_start) as period_start,
  coalesce(m.period_end, f.period_end) as period_end,
  coalesce(m.period_label, f.period_label) as period_label,
  coalesce(m.is_partial, f.is_partial) as is_partial,
  coalesce(m.value, f.value) as value,
  coalesce(m.unit, f.unit) as unit,
  coalesce(m.n, f.n) as n,
  coalesce(m.p75, f.p75) as p75,
  coalesce(m.p90, f.p90) as p90,
  coalesce(m.interval_low, f.interval_low) as interval_low,
  coalesce(m.interval_high, f.interval_high) as interval_high,
  coalesce(m.interval_method, f.interval_method) as interval_method,
  coalesce(m.numerator, f.numerator) as numerator,
  coalesce(m.denominator, f.denominator) as denominator,
  coalesce(m.pending, f.pending) as pending,
  coalesce(m.pending_failed, f.pending_failed) as pending_failed,
  coalesce(m.unknown, f.unknown) as unknown,
  coalesce(m.unknown_failed, f.unknown_failed) as unknown_failed,
  coalesce(m.changes, f.changes) as changes,
  coalesce(m.release_trains, f.release_trains) as release_trains,
  coalesce(m.with_fix, f.with_fix) as with_fix,
  coalesce(m.rejected, f.rejected) as rejected,
  coalesce(m.status, f.status) as status,
  coalesce(m.reason, f.reason) as reason,
  coalesce(m.previous_value, f.previous_value) as previous_value,
  coalesce(m.previous_n, f.previous_n) as previous_n,
  f.change as change_ratio,
  f.verdict,
  coalesce(m.rule_version, f.rule_version) as rule_version,
  coalesce(m.is_local_rule, f.is_local_rule) as is_local_rule
from reports.metric_row as m
full join shown as f
  on
    f.is_headline = m.is_headline and f.metric = m.metric and f.scope_kind = m.scope_kind and f.scope = m.scope
    and f.period_kind = m.period_kind and f.period_start = m.period_start
order by scope_kind, scope, period_kind, period_start, metric, basis
