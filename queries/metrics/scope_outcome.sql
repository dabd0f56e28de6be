/*
title: Outcomes by scope and period
grain: one row per scope and period
rule: filed by the wave's end; only waves with known outcome are in the rates (design 3)
*/
with fact as (
  select p.scope_kind, p.scope, p.period_kind, p.period_start, o.outcome, o.is_failure, o.is_rework, o.carries_fix, o.is_rejected_failure
  from metrics.wave_outcome as o
  join metrics.scope_member as m
    on m.service = o.service and o.filed_at >= m.member_from and o.filed_at < m.member_until
  join metrics.scope_period as p
    on
      p.scope_kind = m.scope_kind
      and p.scope = m.scope
      and o.filed_at >= p.period_start
      and o.filed_at < p.period_end
)
select
  scope_kind,
  scope,
  period_kind,
  period_start,
  count(*) filter (where outcome = 'known') as known,
  count(*) filter (where outcome = 'known' and is_failure) as known_failed,
  count(*) filter (where outcome = 'known' and is_rework) as known_rework,
  count(*) filter (where outcome = 'known' and carries_fix) as known_with_fix,
  count(*) filter (where outcome = 'known' and is_rejected_failure) as known_rejected,
  count(*) filter (where outcome = 'pending') as pending,
  count(*) filter (where outcome = 'pending' and is_failure) as pending_failed,
  count(*) filter (where outcome = 'pending' and is_rework) as pending_rework,
  count(*) filter (where outcome = 'unknown') as unknown,
  count(*) filter (where outcome = 'unknown' and is_failure) as unknown_failed,
  count(*) filter (where outcome = 'unknown' and is_rework) as unknown_rework
from fact
group by scope_kind, scope, period_kind, period_start
order by scope_kind, scope, period_kind, period_start
