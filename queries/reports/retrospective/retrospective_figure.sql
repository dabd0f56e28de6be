/*
title: Figures that an action may mean to move
grain: one row per metric or measure of practices, team or service, and quarter in which it has a value
description: "`better` is where it should move (up, down), null where neither is better by itself."
*/
select
  metric,
  scope_kind,
  scope,
  period_start,
  period_label,
  unit,
  value,
  n,
  numerator as hits,
  interval_low,
  interval_high,
  case when metric = 'deployment_frequency' then 'up' else 'down' end as better
from reports.site_figure
where period_kind = 'quarter' and scope_kind in ('team', 'service') and value is not null
union all
select
  f.measure as metric,
  f.scope_kind,
  f.scope,
  f.period_start,
  f.period_label,
  m.unit,
  f.value,
  f.n,
  f.hits,
  f.interval_low,
  f.interval_high,
  case m.better when 'higher' then 'up' when 'lower' then 'down' end as better
from practices.figure as f
join practices.measure as m on m.measure = f.measure
where f.period_kind = 'quarter' and f.cut is null and f.scope_kind in ('team', 'service') and f.value is not null
order by metric, scope_kind, scope, period_start
