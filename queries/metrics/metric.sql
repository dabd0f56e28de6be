/*
title: Metrics
grain: one row per metric, basis, scope and period
description: >
  The one form in which metrics leave the database (docs/metrics.md). Durations are seconds, rates are ratios, frequency is per day. A null value
  means no data; `reason` says why and what would bring it. `pending` is what cannot be judged yet, `unknown` what cannot be judged at all,
  each with how much of it is already known to have failed.
version: 1
*/
with frequency as (
  select
    'deployment_frequency' as metric, '' as basis, true as is_headline, f.scope_kind, f.scope, f.period_kind, f.period_start,
    case when a.numerator > 0 then f.value end as value, 'per day' as unit, f.n, null::double as p75, null::double as p90,
    case when a.numerator > 0 then f.interval_low end as interval_low,
    case when a.numerator > 0 then f.interval_high end as interval_high, 'exact Poisson' as interval_method,
    f.numerator, f.denominator, 0::bigint as pending, 0::bigint as pending_failed, 0::bigint as unknown, 0::bigint as unknown_failed,
    null::bigint as changes,
    'no production deployment is known: connect a source of deployments' as reason, '1' as rule_version,
    'metrics.deployment_frequency' as relation
  from metrics.deployment_frequency as f
  left join metrics.deployment_frequency as a on a.scope_kind = f.scope_kind and a.scope = f.scope and a.period_kind = 'all'
),
rhythm as (
  select
    'median_time_between_deployments' as metric, '' as basis, true as is_headline, scope_kind, scope, period_kind, period_start,
    median_gap_seconds as value, 'seconds' as unit, gaps as n, null::double as p75, null::double as p90,
    null::double as interval_low, null::double as interval_high, '' as interval_method,
    null::bigint as numerator, null::bigint as denominator, 0::bigint as pending, 0::bigint as pending_failed, 0::bigint as unknown,
    0::bigint as unknown_failed, null::bigint as changes,
    'fewer than two production deployments of a service' as reason, '1' as rule_version, 'metrics.deployment_rhythm' as relation
  from metrics.deployment_rhythm
  union all
  select
    'deployment_days_per_week', '', true, r.scope_kind, r.scope, r.period_kind, r.period_start,
    case when a.deployment_days > 0 then r.deployment_days_per_week end, 'days per week', r.deployment_days, null, null,
    null, null, '',
    r.deployment_days, r.days, 0, 0, 0,
    0, null,
    'no production deployment is known: connect a source of deployments', '1', 'metrics.deployment_rhythm'
  from metrics.deployment_rhythm as r
  left join metrics.deployment_rhythm as a on a.scope_kind = r.scope_kind and a.scope = r.scope and a.period_kind = 'all'
),
lead_time as (
  select
    'change_lead_time' as metric, basis, is_headline, scope_kind, scope, period_kind, period_start,
    value, 'seconds' as unit, n, p75, p90, interval_low, interval_high, 'order statistics' as interval_method,
    null::bigint as numerator, null::bigint as denominator, pending, 0::bigint as pending_failed, unknown, 0::bigint as unknown_failed,
    changes,
    case
      when unknown > 0 then 'every change deployed here may have shipped before the first known deployment: declare active_from, or collect earlier deployments'
      when max(n) over (partition by scope_kind, scope) > 0 then 'no change reached production in this period'
      else 'no change is known to have reached production: connect a source of changes or commits'
    end as reason,
    '1' as rule_version, 'metrics.change_lead_time' as relation
  from metrics.change_lead_time
),
rate as (
  select
    metric, '' as basis, true as is_headline, scope_kind, scope, period_kind, period_start,
    value, 'ratio' as unit, n, null::double as p75, null::double as p90, interval_low, interval_high, 'Wilson' as interval_method,
    hits as numerator, n as denominator, pending, pending_hits as pending_failed, unknown, unknown_hits as unknown_failed,
    null::bigint as changes,
    case
      when pending > 0 and unknown = 0 then 'every deployment is still within its observation window'
      else 'no incident source covers these deployments: connect one, or declare rollbacks and hotfixes the complete signal (metrics.failure_signal)'
    end as reason,
    '1' as rule_version, 'metrics.outcome_rate' as relation
  from metrics.outcome_rate
),
covered_scope as (
  select distinct m.scope_kind, m.scope
  from metrics.wave_outcome as o
  join metrics.scope_member as m on m.service = o.service and o.filed_at >= m.member_from and o.filed_at < m.member_until
  where o.outcome <> 'unknown'
),
recovery as (
  select
    'failed_deployment_recovery_time' as metric, '' as basis, true as is_headline, r.scope_kind, r.scope, r.period_kind, r.period_start,
    r.value, 'seconds' as unit, r.n, r.p75, r.p90, r.interval_low, r.interval_high, 'order statistics' as interval_method,
    null::bigint as numerator, null::bigint as denominator, r.open_failures as pending, r.open_failures as pending_failed,
    0::bigint as unknown, 0::bigint as unknown_failed, null::bigint as changes,
    case
      when c.scope is null then 'no incident source covers these deployments: connect one, or declare rollbacks and hotfixes the complete signal (metrics.failure_signal)'
      else 'no failure was restored'
    end as reason,
    '1' as rule_version, 'metrics.recovery_time' as relation
  from metrics.recovery_time as r
  left join covered_scope as c on c.scope_kind = r.scope_kind and c.scope = r.scope
),
measured as (
  select * from frequency
  union all
  select * from rhythm
  union all
  select * from lead_time
  union all
  select * from rate
  union all
  select * from recovery
),
named as (
  select unnest(['change_fail_rate', 'deployment_rework_rate']) as metric
),
silent_rate as (
  select
    n.metric, p.scope_kind, p.scope, p.period_kind, p.period_start,
    case
      when c.scope is null then 'no incident source covers these deployments: connect one, or declare rollbacks and hotfixes the complete signal (metrics.failure_signal)'
      else 'no production deployment in this period'
    end as reason
  from metrics.scope_period as p
  cross join named as n
  left join covered_scope as c on c.scope_kind = p.scope_kind and c.scope = p.scope
  where not exists (
    select 1 from rate as r
    where
      r.metric = n.metric and r.scope_kind = p.scope_kind and r.scope = p.scope
      and r.period_kind = p.period_kind and r.period_start = p.period_start
  )
),
unseen_scope as (
  select distinct m.scope_kind, m.scope, k.metric, k.unit
  from metrics.scope_member as m
  cross join (
    select
      unnest(
        ['deployment_frequency', 'change_lead_time', 'change_fail_rate', 'failed_deployment_recovery_time', 'deployment_rework_rate']
      ) as metric,
      unnest(['per day', 'seconds', 'ratio', 'seconds', 'ratio']) as unit
  ) as k
  where not exists (select 1 from metrics.scope_period as p where p.scope_kind = m.scope_kind and p.scope = m.scope)
),
complete as (
  select * from measured
  union all
  select
    metric, '', true, scope_kind, scope, period_kind, period_start, null::double, 'ratio', 0, null::double, null::double, null::double, null::double, 'Wilson',
    0, 0, 0, 0, 0, 0, null::bigint, reason, '1', 'metrics.outcome_rate'
  from silent_rate
  union all
  select
    metric, '', true, scope_kind, scope, 'all', null::timestamptz, null::double, unit, 0, null::double, null::double, null::double, null::double, '',
    null::bigint, null::bigint, 0, 0, 0, 0, null::bigint, 'no production deployment is known: connect a source of deployments', '1', 'metrics.metric'
  from unseen_scope
),
beside as (
  select 'deployment_frequency' as metric, scope_kind, scope, period_kind, period_start, release_trains, null::bigint as with_fix, null::bigint as rejected
  from metrics.deployment_frequency
  union all
  select 'deployment_rework_rate', scope_kind, scope, period_kind, period_start, null::bigint, known_with_fix, null::bigint
  from metrics.scope_outcome
  union all
  select 'change_fail_rate', scope_kind, scope, period_kind, period_start, null::bigint, null::bigint, known_rejected
  from metrics.scope_outcome
),
local_rule as (
  select distinct unnest(affects) as relation
  from raw.local_rule
)
select
  c.metric,
  c.basis,
  c.is_headline,
  c.scope_kind,
  c.scope,
  c.period_kind,
  c.period_start,
  p.period_end,
  coalesce(p.period_label, 'all') as period_label,
  coalesce(p.is_partial, false) as is_partial,
  c.value::double as value,
  c.unit,
  c.n::bigint as n,
  c.p75::double as p75,
  c.p90::double as p90,
  c.interval_low::double as interval_low,
  c.interval_high::double as interval_high,
  case when c.interval_low is null and c.interval_high is null then '' else c.interval_method end as interval_method,
  c.numerator::bigint as numerator,
  c.denominator::bigint as denominator,
  c.pending::bigint as pending,
  c.pending_failed::bigint as pending_failed,
  c.unknown::bigint as unknown,
  c.unknown_failed::bigint as unknown_failed,
  c.changes::bigint as changes,
  case when c.value is null then 'no data' else 'ok' end as status,
  case when c.value is null then c.reason else '' end as reason,
  b.value::double as previous_value,
  b.n::bigint as previous_n,
  c.rule_version,
  l.relation is not null as is_local_rule,
  a.release_trains::bigint as release_trains,
  a.with_fix::bigint as with_fix,
  a.rejected::bigint as rejected
from complete as c
left join metrics.scope_period as p
  on p.scope_kind = c.scope_kind and p.scope = c.scope and p.period_kind = c.period_kind and p.period_start = c.period_start
left join complete as b
  on
    b.metric = c.metric and b.basis = c.basis and b.scope_kind = c.scope_kind and b.scope = c.scope
    and b.period_kind = c.period_kind and b.period_start = p.previous_start
left join beside as a
  on
    a.metric = c.metric and a.scope_kind = c.scope_kind and a.scope = c.scope
    and a.period_kind = c.period_kind and a.period_start = c.period_start
left join local_rule as l on l.relation = c.relation
order by c.metric, c.basis, c.scope_kind, c.scope, c.period_kind, c.period_start
