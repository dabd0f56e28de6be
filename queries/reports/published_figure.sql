/*
title: Figures of this build that are kept
grain: one row per metric, scope and period that ended until the horizon
description: >
  The headline basis, by year, quarter, month and week. Periods that still run are published as partial and are expected to move; rolling windows end
  at as-of, so that no two builds have the same one.
*/
select
  m.metric, m.scope_kind, m.scope, m.period_kind, m.period_start, m.period_end, m.period_label, m.unit, m.basis, m.value, m.n, m.pending,
  m.status, m.rule_version
from metrics.metric as m
join reports.publication as p on m.period_end <= p.horizon
where m.is_headline and m.period_kind in ('year', 'quarter', 'month', 'week')
order by m.metric, m.scope_kind, m.scope, m.period_kind, m.period_start
