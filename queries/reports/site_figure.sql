/*
title: Figures on pages
grain: one row per metric, scope and period, without gaps from the scope's first known period on
rule: >
  A change is called better or worse only where the 95 % interval of the difference leaves out zero (docs/metrics.md, Differences), and not at all where either period has fewer
  than 6 facts. Ratios change in points, everything else relative to the period compared with: the one before, and that of a year earlier
version: 2
source: Newcombe, Statistics in Medicine 17 (1998), 873-890, method 10; Zou and Donner, Statistics in Medicine 27 (2008), 1693-1702
description: The headline basis of each metric. The latest and the current period are there for every scope, with the reason where there is no data.
*/
with shown_metric as (
  select unnest(['deployment_frequency', 'change_lead_time', 'change_fail_rate', 'failed_deployment_recovery_time', 'deployment_rework_rate']) as metric,
    unnest(['per day', 'seconds', 'ratio', 'seconds', 'ratio']) as unit,
    unnest([1, -1, -1, -1, -1]) as direction
),
shown_scope as (
  select m.scope_kind, m.scope, min(p.period_start) as known_from
  from (select distinct scope_kind, scope from metrics.scope_member) as m
  left join metrics.scope_period as p on p.scope_kind = m.scope_kind and p.scope = m.scope and p.period_kind = 'week'
  group by m.scope_kind, m.scope
),
grid as (
  select m.metric, m.unit, m.direction, s.scope_kind, s.scope, p.period_kind, p.period_start, p.period_end, p.previous_start,
    p.year_earlier_start, p.period_label, p.role
  from shown_scope as s
  join reports.site_period as p on p.period_end > s.known_from or p.role <> 'earlier'
  cross join shown_metric as m
),
headline as (
  select *
  from metrics.metric
  where is_headline
),
whole as (
  select metric, scope_kind, scope, min(reason) as reason
  from metrics.metric
  where period_kind = 'all' and is_headline
  group by metric, scope_kind, scope
),
rule_in_force as (
  select metric, max(rule_version) as rule_version, bool_or(is_local_rule) as is_local_rule
  from metrics.metric
  group by metric
),
rhythm as (
  select
    'deployment_frequency' as metric,
    scope_kind,
    scope,
    period_kind,
    period_start,
    max(case when metric = 'median_time_between_deployments' then value end) as median_gap_seconds,
    max(case when metric = 'deployment_days_per_week' then value end) as days_per_week
  from metrics.metric
  where metric in ('median_time_between_deployments', 'deployment_days_per_week')
  group by scope_kind, scope, period_kind, period_start
),
drawn as (
  select
    g.metric, g.unit, g.direction, g.scope_kind, g.scope, g.period_kind, g.period_start, g.period_end, g.period_label, g.role, g.previous_start, g.year_earlier_start,
    coalesce(h.basis, '') as basis,
    coalesce(h.is_partial, g.role = 'current') as is_partial,
    h.value, coalesce(h.n, 0) as n, h.p75, h.p90, h.interval_low, h.interval_high, nullif(h.interval_method, '') as interval_method,
    h.numerator, h.denominator, h.pending, h.pending_failed, h.unknown, h.unknown_failed, h.changes,
    h.release_trains, h.with_fix, h.rejected,
    case when h.value is null then coalesce(nullif(h.reason, ''), nullif(w.reason, ''), 'not active in this period') end as reason,
    r.rule_version, r.is_local_rule
  from grid as g
  left join headline as h
    on
      h.metric = g.metric and h.scope_kind = g.scope_kind and h.scope = g.scope
      and h.period_kind = g.period_kind and h.period_start = g.period_start
  left join whole as w on w.metric = g.metric and w.scope_kind = g.scope_kind and w.scope = g.scope
  left join rule_in_force as r on r.metric = g.metric
),
compared as (
  select
    d.*,
    b.value as previous_value, b.n as previous_n, b.period_label as previous_label,
    b.interval_low as previous_low, b.interval_high as previous_high,
    case
      when d.unit = 'ratio' then d.value - b.value
      when b.value > 0 then d.value / b.value - 1
    end as change,
    y.value as year_earlier, y.n as year_earlier_n, y.period_label as year_earlier_label,
    y.interval_low as year_earlier_low, y.interval_high as year_earlier_high,
    case
      when d.unit = 'ratio' then d.value - y.value
      when y.value > 0 then d.value / y.value - 1
    end as year_earlier_change
  from drawn as d
  left join drawn as b
    on
      b.metric = d.metric and b.scope_kind = d.scope_kind and b.scope = d.scope
      and b.period_kind = d.period_kind and b.period_start = d.previous_start and b.basis = d.basis
  left join drawn as y
    on
      y.metric = d.metric and y.scope_kind = d.scope_kind and y.scope = d.scope
      and y.period_kind = d.period_kind and y.period_start = d.year_earlier_start and y.basis = d.basis
)
select
  c.metric,
  c.basis,
  c.scope_kind,
  c.scope,
  c.period_kind,
  c.period_start,
  c.period_end,
  c.period_label,
  c.role,
  c.is_partial,
  c.value,
  c.unit,
  c.n,
  c.p75,
  c.p90,
  c.interval_low,
  c.interval_high,
  c.interval_method,
  c.numerator,
  c.denominator,
  c.pending,
  c.pending_failed,
  c.unknown,
  c.unknown_failed,
  c.changes,
  case when c.value is null then 'no data' else 'ok' end as status,
  c.reason,
  c.previous_value,
  c.previous_n,
  c.previous_label,
  c.change,
  case
    when c.change is null then 'none'
    when c.n < 6 or c.previous_n < 6 then 'too few'
    when c.value > c.previous_value and power(c.value - c.interval_low, 2) + power(c.previous_high - c.previous_value, 2) < power(c.value - c.previous_value, 2)
      then case when c.direction > 0 then 'better' else 'worse' end
    when c.value < c.previous_value and power(c.interval_high - c.value, 2) + power(c.previous_value - c.previous_low, 2) < power(c.value - c.previous_value, 2)
      then case when c.direction > 0 then 'worse' else 'better' end
    else 'unclear'
  end as verdict,
  c.year_earlier,
  c.year_earlier_label,
  c.year_earlier_change,
  case
    when c.year_earlier_change is null then 'none'
    when c.n < 6 or c.year_earlier_n < 6 then 'too few'
    when c.value > c.year_earlier and power(c.value - c.interval_low, 2) + power(c.year_earlier_high - c.year_earlier, 2) < power(c.value - c.year_earlier, 2)
      then case when c.direction > 0 then 'better' else 'worse' end
    when c.value < c.year_earlier and power(c.interval_high - c.value, 2) + power(c.year_earlier - c.year_earlier_low, 2) < power(c.value - c.year_earlier, 2)
      then case when c.direction > 0 then 'worse' else 'better' end
    else 'unclear'
  end as year_earlier_verdict,
  g.median_gap_seconds,
  g.days_per_week,
  c.release_trains,
  c.with_fix,
  c.rejected,
  c.rule_version,
  c.is_local_rule or exists (select 1 from raw.local_rule as o where o.relation in ('reports.site_figure', 'reports.site_period', 'metrics.metric')) as is_local_rule
from compared as c
left join rhythm as g
  on
    g.metric = c.metric and g.scope_kind = c.scope_kind and g.scope = c.scope
    and g.period_kind = c.period_kind and g.period_start = c.period_start
order by c.metric, c.scope_kind, c.scope, c.period_kind, c.period_start
