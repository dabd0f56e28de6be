/*
title: Published figures that this build moves
grain: one row per published figure whose value, sample, basis or status is another now
rule: >
  Only of periods that were complete in the publication before. Values are compared by the 12 digits that are published. A figure that is no longer made is withdrawn
version: 1
description: "`made_by` is the query of the metric."
*/
with last_published as (
  select
    f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start, f.period_end, f.period_label, f.unit, f.basis, f.value, f.n, f.pending,
    f.status, f.rule_version,
    row_number() over (partition by f.metric, f.scope_kind, f.scope, f.period_kind, f.period_start order by f.publication desc) as recency
  from raw.published_figure as f
  join reports.publication as p on p.is_new and f.publication <= p.base_publication
),
paired as (
  select
    o.metric, o.scope_kind, o.scope, o.period_kind, o.period_start, o.period_end, o.period_label, o.unit,
    o.basis as old_basis, o.value as old_value, o.n as old_n, o.pending as old_pending, o.status as old_status, o.rule_version as old_rule_version,
    coalesce(f.basis, o.basis) as new_basis, f.value as new_value, coalesce(f.n, 0) as new_n, coalesce(f.pending, 0) as new_pending,
    coalesce(f.status, case when o.status = 'ok' then 'withdrawn' else o.status end) as new_status,
    coalesce(f.rule_version, o.rule_version) as new_rule_version,
    case
      when o.metric in ('change_fail_rate', 'deployment_rework_rate') then 'metrics.outcome_rate'
      when o.metric in ('median_time_between_deployments', 'deployment_days_per_week') then 'metrics.deployment_rhythm'
      when o.metric = 'failed_deployment_recovery_time' then 'metrics.recovery_time'
      else 'metrics.' || o.metric
    end as made_by
  from last_published as o
  left join reports.published_figure as f
    on
      f.metric = o.metric and f.scope_kind = o.scope_kind and f.scope = o.scope
      and f.period_kind = o.period_kind and f.period_start = o.period_start
  where o.recency = 1
)
select
  metric, scope_kind, scope, period_kind, period_start, period_end, period_label, unit, made_by,
  old_basis, old_value, old_n, old_pending, old_status, old_rule_version,
  new_basis, new_value, new_n, new_pending, new_status, new_rule_version
from paired
where
  old_status <> new_status
  or old_basis <> new_basis
  or old_n <> new_n
  or (old_value is null) <> (new_value is null)
  or abs(old_value - new_value) > 1e-11 * greatest(abs(old_value), abs(new_value))
order by metric, scope_kind, scope, period_kind, period_start
