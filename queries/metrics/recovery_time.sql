/*
title: Failed deployment recovery time
grain: one row per scope and period
rule: >
  Median of one duration per change failure, from going live to the latest restoration among its accepted incidents; filed by
  restoration. Open ones are counted apart, by when they went live. 95 % interval: order statistics, from n = 6 on (design 3)
version: 1
*/
with restored as (
  select
    p.scope_kind, p.scope, p.period_kind, p.period_start, f.wave_id, f.recovery_seconds,
    row_number() over (
      partition by p.scope_kind, p.scope, p.period_kind, p.period_start
      order by f.recovery_seconds, f.wave_id
    ) as rank_number
  from metrics.recovery_fact as f
  join metrics.scope_member as m
    on m.service = f.service and f.filed_at >= m.member_from and f.filed_at < m.member_until
  join metrics.scope_period as p
    on
      p.scope_kind = m.scope_kind and p.scope = m.scope
      and f.filed_at >= p.period_start and f.filed_at < p.period_end
  where not f.is_open
),
still_open as (
  select p.scope_kind, p.scope, p.period_kind, p.period_start, count(*) as open_failures
  from metrics.recovery_fact as f
  join metrics.scope_member as m
    on m.service = f.service and f.failed_at >= m.member_from and f.failed_at < m.member_until
  join metrics.scope_period as p
    on
      p.scope_kind = m.scope_kind and p.scope = m.scope
      and f.failed_at >= p.period_start and f.failed_at < p.period_end
  where f.is_open
  group by p.scope_kind, p.scope, p.period_kind, p.period_start
),
measured as (
  select
    scope_kind, scope, period_kind, period_start,
    count(*) as n,
    percentile_cont(0.5) within group (order by recovery_seconds) as value,
    percentile_cont(0.75) within group (order by recovery_seconds) as p75,
    percentile_cont(0.9) within group (order by recovery_seconds) as p90
  from restored
  group by scope_kind, scope, period_kind, period_start
),
ranked_size as (
  select
    m.scope_kind, m.scope, m.period_kind, m.period_start,
    coalesce(r.lower_rank, floor((m.n - 1.959963984540054 * sqrt(m.n)) / 2)::bigint) as lower_rank,
    coalesce(r.upper_rank, ceil(1 + (m.n + 1.959963984540054 * sqrt(m.n)) / 2)::bigint) as upper_rank
  from measured as m
  left join metrics.median_rank as r on r.n = m.n
  where m.n >= 6
),
bound as (
  select
    s.scope_kind, s.scope, s.period_kind, s.period_start,
    max(case when f.rank_number = s.lower_rank then f.recovery_seconds end)::double as low,
    max(case when f.rank_number = s.upper_rank then f.recovery_seconds end)::double as high
  from ranked_size as s
  join restored as f
    on
      f.scope_kind = s.scope_kind and f.scope = s.scope and f.period_kind = s.period_kind and f.period_start = s.period_start
      and (f.rank_number = s.lower_rank or f.rank_number = s.upper_rank)
  group by s.scope_kind, s.scope, s.period_kind, s.period_start
)
select
  p.scope_kind,
  p.scope,
  p.period_kind,
  p.period_start,
  m.value,
  coalesce(m.n, 0) as n,
  m.p75,
  m.p90,
  b.low as interval_low,
  b.high as interval_high,
  coalesce(o.open_failures, 0) as open_failures
from metrics.scope_period as p
left join measured as m
  on m.scope_kind = p.scope_kind and m.scope = p.scope and m.period_kind = p.period_kind and m.period_start = p.period_start
left join bound as b
  on b.scope_kind = p.scope_kind and b.scope = p.scope and b.period_kind = p.period_kind and b.period_start = p.period_start
left join still_open as o
  on o.scope_kind = p.scope_kind and o.scope = p.scope and o.period_kind = p.period_kind and o.period_start = p.period_start
order by p.scope_kind, p.scope, p.period_kind, p.period_start
