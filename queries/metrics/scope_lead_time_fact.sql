/*
title: Lead times by scope and period
grain: one row per lead time fact, scope and period that it counts in
*/
select
  p.scope_kind,
  p.scope,
  p.period_kind,
  p.period_start,
  f.basis,
  f.service,
  f.change_id,
  f.lead_seconds,
  f.coding_seconds,
  f.pickup_seconds,
  f.review_seconds,
  f.no_review_seconds,
  f.merge_to_live_seconds,
  row_number() over (
    partition by p.scope_kind, p.scope, p.period_kind, p.period_start, f.basis
    order by f.lead_seconds, f.service, f.change_id
  ) as rank_number,
  count(*) over (partition by p.scope_kind, p.scope, p.period_kind, p.period_start, f.basis) as n
from metrics.lead_time_fact as f
join metrics.scope_member as m
  on m.service = f.service and f.filed_at >= m.member_from and f.filed_at < m.member_until
join metrics.scope_period as p
  on
    p.scope_kind = m.scope_kind
    and p.scope = m.scope
    and f.filed_at >= p.period_start
    and f.filed_at < p.period_end
order by p.scope_kind, p.scope, p.period_kind, p.period_start, f.basis, rank_number
