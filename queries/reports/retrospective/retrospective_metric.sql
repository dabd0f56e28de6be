/*
title: Metrics of a retrospective
grain: one row per team, quarter and metric
rule: >
  The figures of pages, with the quarter before, the same quarter a year earlier, and the lowest and highest of the four quarters before. Better or worse only
  where the figures of pages say so
*/
with own_year as (
  select r.team, r.quarter, f.metric, f.basis, min(f.value) as lowest, max(f.value) as highest, count(f.value) as quarters
  from reports.retrospective_quarter as r
  join reports.site_figure as f
    on
      f.scope_kind = 'team' and f.scope = r.team and f.period_kind = 'quarter'
      and f.period_start < r.period_start and f.period_start >= r.year_earlier_start
  group by r.team, r.quarter, f.metric, f.basis
)
select
  r.team,
  r.quarter,
  case f.metric
    when 'deployment_frequency' then 1
    when 'change_lead_time' then 2
    when 'change_fail_rate' then 3
    when 'failed_deployment_recovery_time' then 4
    else 5
  end as position,
  f.metric,
  f.basis,
  f.unit,
  f.period_label,
  f.value,
  f.n,
  f.numerator,
  f.interval_low,
  f.interval_high,
  f.reason,
  b.period_label as previous_label,
  b.value as previous_value,
  b.n as previous_n,
  b.numerator as previous_numerator,
  b.interval_low as previous_low,
  b.interval_high as previous_high,
  f.change,
  f.verdict,
  y.period_label as year_label,
  y.value as year_value,
  y.n as year_n,
  y.numerator as year_numerator,
  y.interval_low as year_low,
  y.interval_high as year_high,
  o.lowest,
  o.highest,
  coalesce(o.quarters, 0) as quarters
from reports.retrospective_quarter as r
join reports.site_figure as f
  on f.scope_kind = 'team' and f.scope = r.team and f.period_kind = 'quarter' and f.period_start = r.period_start
left join reports.site_figure as b
  on
    b.scope_kind = 'team' and b.scope = r.team and b.period_kind = 'quarter' and b.period_start = r.previous_start
    and b.metric = f.metric and b.basis = f.basis
left join reports.site_figure as y
  on
    y.scope_kind = 'team' and y.scope = r.team and y.period_kind = 'quarter' and y.period_start = r.year_earlier_start
    and y.metric = f.metric and y.basis = f.basis
left join own_year as o on o.team = r.team and o.quarter = r.quarter and o.metric = f.metric and o.basis = f.basis
order by r.team, r.quarter, position
