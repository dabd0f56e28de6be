/*
title: Lead times by rank
grain: one row per scope, period and basis with a lead time
rule: >
  Quantiles are interpolated. 95 % interval of the median: order statistics, from n = 6 on. The band goes from the lead time at or below p40 to the one at or above p60
version: 1
description: Lead times of a scope are put in order once for all that is asked of their ranks, quantiles too. Changes that ship in several services of a scope are counted once in `changes`.
*/
with sorted as (
  select
    scope_kind, scope, period_kind, period_start, basis,
    list_sort(array_agg(lead_seconds)) as lead_times,
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
    s.scope_kind, s.scope, s.period_kind, s.period_start, s.basis, s.lead_times, s.n,
    0.5::double * (s.n - 1) as median_place,
    0.75::double * (s.n - 1) as p75_place,
    0.9::double * (s.n - 1) as p90_place,
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
  p.lead_times[floor(p.median_place)::bigint + 1]::double * (1 - p.median_place + floor(p.median_place)) + p.lead_times[ceil(p.median_place)::bigint + 1]::double * (p.median_place - floor(p.median_place)) as median,
  p.lead_times[floor(p.p75_place)::bigint + 1]::double * (1 - p.p75_place + floor(p.p75_place)) + p.lead_times[ceil(p.p75_place)::bigint + 1]::double * (p.p75_place - floor(p.p75_place)) as p75,
  p.lead_times[floor(p.p90_place)::bigint + 1]::double * (1 - p.p90_place + floor(p.p90_place)) + p.lead_times[ceil(p.p90_place)::bigint + 1]::double * (p.p90_place - floor(p.p90_place)) as p90,
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
