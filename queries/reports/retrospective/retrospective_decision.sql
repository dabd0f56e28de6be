/*
title: What a retrospective decided
grain: one row per team, quarter and action decided by the retrospective of that quarter
description: Those whose metric moved, or did not, are in the retrospective of the quarter after.
*/
select
  r.team,
  r.quarter,
  row_number() over (partition by r.team, r.quarter order by a.due_on nulls last, a.action_id) as position,
  a.action_id,
  a.title,
  a.owner,
  a.due_on,
  a.status,
  a.service_title,
  a.metric,
  m.unit,
  a.target
from reports.retrospective_quarter as r
join reports.retrospective_dated_action as a on a.team = r.team and a.decided_start = r.period_start
left join reports.retrospective_action_metric as m on m.metric = a.metric
order by r.team, r.quarter, position
