/*
title: Where the lead time of a quarter went
grain: one row per team, quarter and stage that took time
rule: The longest are those within five points of the one with the largest share
description: Parts of the median of the quarter, and of the quarter before where both are of one basis.
*/
select
  r.team,
  r.quarter,
  s.stage,
  s.stage_order::integer as stage_order,
  s.value_seconds,
  s.share,
  b.value_seconds as previous_seconds,
  b.share as previous_share,
  s.share >= max(s.share) over (partition by r.team, r.quarter) - 0.05 as is_longest
from reports.retrospective_quarter as r
join reports.retrospective_metric as m on m.team = r.team and m.quarter = r.quarter and m.metric = 'change_lead_time'
join metrics.lead_time_stage as s
  on s.scope_kind = 'team' and s.scope = r.team and s.period_kind = 'quarter' and s.period_start = r.period_start and s.basis = m.basis
left join metrics.lead_time_stage as b
  on
    b.scope_kind = 'team' and b.scope = r.team and b.period_kind = 'quarter' and b.period_start = r.previous_start
    and b.basis = s.basis and b.stage = s.stage
where s.value_seconds > 0
order by r.team, r.quarter, s.stage_order
