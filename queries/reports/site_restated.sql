/*
title: Restatements beside their figures
grain: one row per metric, scope and period among the last four of its kind, newest restatement first, at most two per metric, scope and kind
description: Outcomes that settled as announced are left to the restatements page.
*/
with shown as (
  select period_kind, period_start, row_number() over (partition by period_kind order by period_start desc) as place
  from reports.site_period
  where role <> 'current'
),
last_move as (
  select
    r.publication, r.metric, r.scope_kind, r.scope, r.period_kind, r.period_start, r.period_label, r.unit, r.old_value, r.old_n, r.old_status,
    r.new_value, r.new_n, r.new_status, r.reasons,
    row_number() over (partition by r.metric, r.scope_kind, r.scope, r.period_kind, r.period_start order by r.publication desc) as recency
  from reports.restatement as r
  join shown as s on s.period_kind = r.period_kind and s.period_start = r.period_start and s.place <= 4
  where r.kinds <> ['settled']
),
numbered as (
  select
    metric, scope_kind, scope, period_kind, period_start, period_label, unit, old_value, old_n, old_status, new_value, new_n, new_status, reasons,
    row_number() over (partition by metric, scope_kind, scope, period_kind order by publication desc, period_start desc) as position
  from last_move
  where recency = 1
)
select
  metric, scope_kind, scope, period_kind, position, period_start, period_label, unit, old_value, old_n, old_status, new_value, new_n, new_status, reasons
from numbered
where position <= 2
order by metric, scope_kind, scope, period_kind, position
