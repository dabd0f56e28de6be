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
with measured as (
  select
    scope_kind,
    scope,
    period_kind,
    period_start,
    basis,
    count(*) as n,
    count(distinct change_id) as changes,
    percentile_cont(0.5) within group (order by lead_seconds) as value,
    percentile_cont(0.75) within group (order by lead_seconds) as p75,
    percentile_cont(0.9) within group (order by lead_seconds) as p90
  from metrics.scope_lead_time_fact
  group by scope_kind, scope, period_kind, period_start, basis
),
ranked_size as (
  select
    m.scope_kind, m.scope, m.period_kind, m.period_start, m.basis,
    coalesce(r.lower_rank, floor((m.n - 1.959963984540054 * sqrt(m.n)) / 2)::bigint) as lower_rank,
    coalesce(r.upper_rank, ceil(1 + (m.n + 1.959963984540054 * sqrt(m.n)) / 2)::bigint) as upper_rank
  from measured as m
  left join metrics.median_rank as r on r.n = m.n
  where m.n >= 6
),
bound as (
  select
    s.scope_kind, s.scope, s.period_kind, s.period_start, s.basis,
    max(case when f.rank_number = s.lower_rank then f.lead_seconds end)::double as low,
    max(case when f.rank_number = s.upper_rank then f.lead_seconds end)::double as high
  from ranked_size as s
  join metrics.scope_lead_time_fact as f
    on
      f.scope_kind = s.scope_kind
      and f.scope = s.scope
      and f.period_kind = s.period_kind
      and f.period_start = s.period_start
      and f.basis = s.basis
      and (f.rank_number = s.lower_rank or f.rank_number = s.upper_rank)
  group by s.scope_kind, s.scope, s.period_kind, s.period_start, s.basis
),
scope_basis as (
  select
    scope_kind,
    scope,
    basis,
    row_number() over (
      partition by scope_kind, scope
      order by n desc, case basis when 'first commit' then 1 when 'opened' then 2 else 3 end
    ) = 1 as is_headline
  from measured
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
  from model.wave_change as s
  join model.change as c on c.change_id = s.change_id and c.excluded_reason is null
  join model.wave as w on w.wave_id = s.wave_id
  join metrics.scope_member as m on m.service = s.service and w.completed_at >= m.member_from and w.completed_at < m.member_until
  join metrics.scope_period as p
    on p.scope_kind = m.scope_kind and p.scope = m.scope and w.completed_at >= p.period_start and w.completed_at < p.period_end
  where s.is_before_history
  group by p.scope_kind, p.scope, p.period_kind, p.period_start
)
select
  p.scope_kind,
  p.scope,
  p.period_kind,
  p.period_start,
  coalesce(b.basis, '') as basis,
  coalesce(b.is_headline, true) as is_headline,
  m.value,
  coalesce(m.n, 0) as n,
  m.p75,
  m.p90,
  i.low as interval_low,
  i.high as interval_high,
  coalesce(w.waiting, 0) as pending,
  coalesce(h.unknown, 0) as unknown,
  coalesce(m.changes, 0) as changes
from metrics.scope_period as p
left join scope_basis as b on b.scope_kind = p.scope_kind and b.scope = p.scope
left join measured as m
  on
    m.scope_kind = p.scope_kind and m.scope = p.scope and m.period_kind = p.period_kind
    and m.period_start = p.period_start and m.basis = b.basis
left join bound as i
  on
    i.scope_kind = p.scope_kind and i.scope = p.scope and i.period_kind = p.period_kind
    and i.period_start = p.period_start and i.basis = b.basis
left join waiting as w
  on w.scope_kind = p.scope_kind and w.scope = p.scope and w.period_kind = p.period_kind and w.period_start = p.period_start
left join before_history as h
  on h.scope_kind = p.scope_kind and h.scope = p.scope and h.period_kind = p.period_kind and h.period_start = p.period_start
order by p.scope_kind, p.scope, p.period_kind, p.period_start, basis
