/*
title: Where the slowest tenth of a quarter's changes waited
grain: one row per team, quarter and stage that took time, of quarters with twenty changes or more
rule: Each stage's share of all the time of the slowest tenth; one stands out where it has five points more than any other
*/
with ranked as (
  select
    r.team, r.quarter, f.lead_seconds,
    f.coding_seconds, f.pickup_seconds, f.review_seconds, f.no_review_seconds, f.merge_to_live_seconds,
    row_number() over (partition by r.team, r.quarter order by f.lead_seconds, f.service, f.change_id) as rank_number,
    count(*) over (partition by r.team, r.quarter) as n
  from reports.retrospective_quarter as r
  join reports.retrospective_metric as m on m.team = r.team and m.quarter = r.quarter and m.metric = 'change_lead_time'
  join metrics.scope_lead_time_fact as f
    on
      f.scope_kind = 'team' and f.scope = r.team and f.period_kind = 'quarter' and f.period_start = r.period_start and f.basis = m.basis
),
slow as (
  select team, quarter, lead_seconds, coding_seconds, pickup_seconds, review_seconds, no_review_seconds, merge_to_live_seconds
  from ranked
  where n >= 20 and rank_number > 0.9 * n
),
summed as (
  select
    team,
    quarter,
    count(*) as changes,
    sum(lead_seconds)::double as lead_seconds,
    sum(coding_seconds)::double as coding,
    sum(pickup_seconds)::double as pickup,
    sum(review_seconds)::double as review,
    sum(no_review_seconds)::double as no_review,
    sum(merge_to_live_seconds)::double as merge_to_live
  from slow
  group by team, quarter
),
stage as (
  select team, quarter, changes, 'coding' as stage, 1 as stage_order, coding / nullif(lead_seconds, 0) as share
  from summed
  union all
  select team, quarter, changes, 'pickup' as stage, 2 as stage_order, pickup / nullif(lead_seconds, 0) as share
  from summed
  union all
  select team, quarter, changes, 'review' as stage, 3 as stage_order, review / nullif(lead_seconds, 0) as share
  from summed
  union all
  select team, quarter, changes, 'no review' as stage, 4 as stage_order, no_review / nullif(lead_seconds, 0) as share
  from summed
  union all
  select team, quarter, changes, 'merge to live' as stage, 5 as stage_order, merge_to_live / nullif(lead_seconds, 0) as share
  from summed
),
placed as (
  select *, row_number() over (partition by team, quarter order by share desc, stage_order) as place
  from stage
  where share > 0
)
select
  p.team,
  p.quarter,
  p.changes,
  p.stage,
  p.stage_order,
  p.share,
  p.place = 1 and p.share >= coalesce(n.share, 0) + 0.05 as stands_out
from placed as p
left join placed as n on n.team = p.team and n.quarter = p.quarter and n.place = 2
order by p.team, p.quarter, p.stage_order
