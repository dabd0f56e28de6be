/*
title: Change lead time
grain: one row per scope, period and basis
rule: >
  Median over (change, service) facts from the change's first commit authored to the end of the first production wave of that
  service that contains it, filed by the wave's end. 95 % interval: order statistics, from n = 6 on (design 3)
version: 1
description: >
  The basis with most facts of the scope is its headline; on a tie the one that starts earliest. Changes that may have shipped before
  the first known deployment are unknown; merged changes that no wave contains yet are pending.
*/
with scope_basis as (
  select
    scope_kind,
    scope,
    basis,
    row_number() over (
      partition by scope_kind, scope
      order by n desc, case basis when 'first commit' then 1 when 'opened' then 2 else 3 end
    ) = 1 as is_headline
  from metrics.lead_time_rank
  where period_kind = 'all'
),
waiting as (
  select p.scope_kind, p.scope, p.period_kind, p.period_start, count(*) as waiting
  from metrics.waiting_change as w
  join metrics.scope_member as m on m.service = w.service and w.merged_at >= m.member_from and w.merged_at < m.member_until
  join metrics.scope_period as p
    on
      p.scope_kind = m.scope_kind
      and p.scope = m.scope
      and (p.period_kind = 'all' or w.merged_at >= p.period_start) -- what waits may be older than the first deployment
      and w.merged_at < p.period_end
  group by p.scope_kind, p.scope, p.period_kind, p.period_start
),
before_history as (
  select p.scope_kind, p.scope, p.period_kind, p.period_start, count(*) as unknown
  from model.change as c
  join model.wave_change as s on s.change_id = c.change_id and s.is_before_history
  join model.wave as w on w.wave_id = s.wave_id
  join metrics.scope_member as m on m.service = s.service and w.completed_at >= m.member_from and w.completed_at < m.member_until
  join metrics.scope_period as p
    on p.scope_kind = m.scope_kind and p.scope = m.scope and w.completed_at >= p.period_start and w.completed_at < p.period_end
  where c.excluded_reason is null
  group by p.scope_kind, p.scope, p.period_kind, p.period_start
)
select
  p.scope_kind,
  p.scope,
  p.period_kind,
  p.period_start,
  coalesce(b.basis, '') as basis,
  coalesce(b.is_headline, true) as is_headline,
  m.median as value,
  coalesce(m.n, 0) as n,
  m.p75,
  m.p90,
  m.interval_low,
  m.interval_high,
  coalesce(w.waiting, 0) as pending,
  coalesce(h.unknown, 0) as unknown,
  coalesce(m.changes, 0) as changes
from metrics.scope_period as p
left join scope_basis as b on b.scope_kind = p.scope_kind and b.scope = p.scope
left join metrics.lead_time_rank as m
  on
    m.scope_kind = p.scope_kind and m.scope = p.scope and m.period_kind = p.period_kind
    and m.period_start = p.period_start and m.basis = b.basis
left join waiting as w
  on w.scope_kind = p.scope_kind and w.scope = p.scope and w.period_kind = p.period_kind and w.period_start = p.period_start
left join before_history as h
  on h.scope_kind = p.scope_kind and h.scope = p.scope and h.period_kind = p.period_kind and h.period_start = p.period_start
order by p.scope_kind, p.scope, p.period_kind, p.period_start, basis
