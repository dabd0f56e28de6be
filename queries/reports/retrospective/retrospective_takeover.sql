/*
title: Services that a team took over or gave up between the quarters that are compared
grain: one row per team, quarter, moment and direction, from the beginning of the quarter a year earlier to the end of the quarter
description: "`is_since_previous` says whether it lies between the quarter before and this one, or in either: what is older matters for the year only."
*/
select
  r.team,
  r.quarter,
  o.happened_at,
  o.direction,
  array_agg(o.service_title order by o.service_title, o.service) as services,
  o.happened_at > r.previous_start as is_since_previous
from reports.retrospective_quarter as r
join reports.team_takeover as o on o.team = r.team and o.happened_at > r.year_earlier_start and o.happened_at < r.period_end
group by r.team, r.quarter, r.previous_start, o.happened_at, o.direction
order by r.team, r.quarter, o.happened_at, o.direction
