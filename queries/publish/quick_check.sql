/*
title: Quick check beside the industry
grain: one row per scope and metric
audience: leadership
columns:
  scope_kind: organisation, team or service
  scope: Name of the organisation, team or service
  metric: Name of the metric
  basis: "Change lead time: from when it is told (first commit, opened or merge); else empty"
  period_kind: rolling, or all where the rolling window has no data
  period_label: The period in words
  input_value: Value of the metric in its unit
  level: Answer of the questionnaire that the value falls on, 1 to 6; null for ratios
  score: 0 to 10, higher is better
  industry: Whose mean is compared
  industry_mean_score: Published mean score of that industry, self-reported
  industry_standard_deviation: Published standard deviation of that mean
*/
select
  scope_kind,
  scope,
  metric,
  basis,
  period_kind,
  period_label,
  input_value,
  level,
  score,
  industry,
  industry_mean as industry_mean_score,
  industry_sd as industry_standard_deviation
from metrics.quick_check
order by scope_kind, scope, metric
