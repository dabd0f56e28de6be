/*
title: Figures of the measures of practices
grain: one row per measure, scope, cut and period in which it has a fact
audience: leadership
description: Months and quarters of the organisation's calendar; services and teams have quarters and months too, cuts quarters only.
columns:
  measure: Name of the measure; docs/practices.md has its definition
  area: Group that it belongs to
  scope_kind: organisation, team or service
  scope: Name of the organisation, team or service
  cut: What tells the facts apart, such as a stage or a type; null = all of them
  period_kind: month or quarter
  period: Name of the period
  period_start_at: Its first instant
  statistic: median, mean, share, sum or count
  unit: Unit of the value
  value: The figure
  facts: Facts that it is made of
  hits: Of a share, the facts that count
  interval_low: Lower end of the 95 % interval
  interval_high: Upper end of the 95 % interval
*/
select
  f.measure, m.area, f.scope_kind, f.scope, f.cut, f.period_kind, f.period_label as period, f.period_start as period_start_at, m.statistic, m.unit, f.value, f.n as facts,
  f.hits, f.interval_low, f.interval_high
from practices.figure as f
join practices.measure as m on m.measure = f.measure
order by f.measure, f.scope_kind, f.scope, f.cut nulls first, f.period_kind, f.period_start
