/*
title: What happened beside the figures of a quarter
grain: one row per team, quarter and event that any of the quarter lies in
*/
select
  r.team,
  r.quarter,
  e.happened_at,
  e.ended_at,
  e.kind,
  e.text
from reports.retrospective_quarter as r
join reports.event_beside as e
  on
    e.scope_kind = 'team' and e.scope = r.team and e.happened_at < r.period_end
    and coalesce(e.ended_at > r.period_start, e.happened_at >= r.period_start)
order by r.team, r.quarter, e.happened_at, e.precedence, e.text, e.ended_at
