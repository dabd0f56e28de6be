/*
title: Lead times by rank
grain: one row per scope, period and basis with a lead time
rule: >
  Quantiles are interpolated. 95 % interval of the median: order statistics, from n = 6 on. The band goes from the lead time at or below p40 to the one at or above p60
version: 1
description: Lead times of a scope are put in order once for all that is asked of their ranks. Changes that ship in several services of a scope are counted once in `changes`.
*/
with sorted as (
  select
    scope_kind, scope, period_kind, period_start, basis,
    list_sort(array_agg(lead_seconds)) as lead_times,
    quantile_cont(lead_seconds, 0.5) as median,
    quantile_cont(lead_seconds, 0.75) as p75,
    quantile_cont(lead_seconds, 0.9) as p90,
    count(*) as n
  from metrics.scope_lead_time_fact
  group by scope_kind, scope, period_kind, period_start, basis
),
repeated as (
  select scope_kind, scope, period_kind, period_start, basis, count(*) - count(distinct change_id) as repeats
  from metrics.scope_lead_time_fact
  where not ships_once and scope_kind <> 'service'
  group by scope_kind, scope, period_kind, period_start, basis
),
placed as (
  select
    s.scope_kind, s.scope, s.period_kind, s.period_start, s.basis, s.lead_times, s.median, s.p75, s.p90, s.n,
    case when s.n >= 6 then coalesce(r.lower_rank, floor((s.n - 1.959963984540054 * sqrt(s.n)) / 2)::bigint) end as lower_rank,
    case when s.n >= 6 then coalesce(r.upper_rank, ceil(1 + (s.n + 1.959963984540054 * sqrt(s.n)) / 2)::bigint) end as upper_rank
  from sorted as s
  left join metrics.median_rank as r on r.n = s.n
)
select
  p.scope_kind,
  p.scope,
  p.period_kind,
  p.period_start,
  p.basis,
  p.n,
  p.n - coalesce(d.repeats, 0) as changes,
  p.median,
  p.p75,
  p.p90,
  p.lead_times[p.lower_rank]::double as interval_low,
  p.lead_times[p.upper_rank]::double as interval_high,
  p.lead_times[floor(0.4 * (p.n - 1))::bigint + 1] as band_low,
  p.lead_times[ceil(0.6 * (p.n - 1))::bigint + 1] as band_high
from placed as p
left join repeated as d
  on
    d.scope_kind = p.scope_kind and d.scope = p.scope and d.period_kind = p.period_kind
    and d.period_start = p.period_start and d.basis = p.basis
order by p.scope_kind, p.scope, p.period_kind, p.period_start, p.basis
