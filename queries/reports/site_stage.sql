/*
title: Stages of the lead time on pages
grain: one row per scope, period and stage
description: The headline basis, of the latest complete period and the one before.
*/
select
  s.scope_kind, s.scope, s.period_kind, s.period_start, s.basis, s.stage, s.stage_order::integer as stage_order, s.value_seconds, s.share
from metrics.lead_time_stage as s
join reports.site_period as p on p.period_kind = s.period_kind and p.role = 'latest' and s.period_start in (p.period_start, p.previous_start)
join reports.site_figure as f
  on
    f.metric = 'change_lead_time' and f.scope_kind = s.scope_kind and f.scope = s.scope and f.basis = s.basis
    and f.period_kind = s.period_kind and f.period_start = s.period_start
where s.value_seconds > 0
order by s.scope_kind, s.scope, s.period_kind, s.period_start, s.stage_order
