/*
title: What was looked for in the services of a team
grain: one row per team and quarter
description: Patterns of the services that the team owned in the quarter, by what came of the test over their whole history.
*/
with owned as (
  select distinct r.team, r.quarter, m.service
  from reports.retrospective_quarter as r
  join metrics.scope_member as m
    on m.scope_kind = 'team' and m.scope = r.team and m.member_from < r.period_end and m.member_until > r.period_start
)
select
  o.team,
  o.quarter,
  count(distinct o.service) as services,
  count(distinct p.scope) as services_looked_at,
  count(p.attribute) as patterns,
  count(p.attribute) filter (where p.verdict = 'found') as found,
  count(p.attribute) filter (where p.verdict = 'not_found') as not_found,
  count(p.attribute) filter (where p.verdict = 'not_enough_evidence') as not_enough
from owned as o
left join correlation.risk_pattern as p on p.scope_kind = 'service' and p.scope = o.service
group by o.team, o.quarter
order by o.team, o.quarter
