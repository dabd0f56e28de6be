/*
title: Stages of change lead time
grain: one row per scope, period, basis and stage
rule: >
  Each stage's share of the mean over the changes from p40 to p60, times the median, so that the parts sum to the headline (design 3)
version: 1
description: >
  The band is taken by rank, from the change at or below p40 to the one at or above p60, ties included, so that it is never empty.
*/
with summed as (
  select
    f.scope_kind,
    f.scope,
    f.period_kind,
    f.period_start,
    f.basis,
    sum(f.lead_seconds)::bigint as lead_seconds,
    sum(f.coding_seconds)::bigint as coding_seconds,
    sum(f.pickup_seconds)::bigint as pickup_seconds,
    sum(f.review_seconds)::bigint as review_seconds,
    sum(f.no_review_seconds)::bigint as no_review_seconds,
    sum(f.merge_to_live_seconds)::bigint as merge_to_live_seconds
  from metrics.scope_lead_time_fact as f
  join metrics.lead_time_rank as b
    on
      b.scope_kind = f.scope_kind and b.scope = f.scope and b.period_kind = f.period_kind
      and b.period_start = f.period_start and b.basis = f.basis
      and f.lead_seconds between b.band_low and b.band_high
  group by f.scope_kind, f.scope, f.period_kind, f.period_start, f.basis
),
stage as (
  select scope_kind, scope, period_kind, period_start, basis, lead_seconds, 'coding' as stage, 1 as stage_order, coding_seconds as seconds
  from summed
  union all
  select scope_kind, scope, period_kind, period_start, basis, lead_seconds, 'pickup', 2, pickup_seconds
  from summed
  union all
  select scope_kind, scope, period_kind, period_start, basis, lead_seconds, 'review', 3, review_seconds
  from summed
  union all
  select scope_kind, scope, period_kind, period_start, basis, lead_seconds, 'no review', 4, no_review_seconds
  from summed
  union all
  select scope_kind, scope, period_kind, period_start, basis, lead_seconds, 'merge to live', 5, merge_to_live_seconds
  from summed
)
select
  s.scope_kind,
  s.scope,
  s.period_kind,
  s.period_start,
  s.basis,
  s.stage,
  s.stage_order,
  case when s.lead_seconds > 0 then s.seconds::double / s.lead_seconds end as share,
  case when s.lead_seconds > 0 then s.seconds::double / s.lead_seconds * m.value else 0 end as value_seconds
from stage as s
join metrics.change_lead_time as m
  on
    m.scope_kind = s.scope_kind and m.scope = s.scope and m.period_kind = s.period_kind
    and m.period_start = s.period_start and m.basis = s.basis
order by s.scope_kind, s.scope, s.period_kind, s.period_start, s.basis, s.stage_order
