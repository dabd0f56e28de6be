/*
title: Services that teams took over or gave up
grain: one row per team, moment and service
rule: >
  A service changes hands where somebody had it before or has it after. One that came into being or was switched off does not: growing is the team's own work
*/
select
  o.team,
  o.owned_from as happened_at,
  'took over' as direction,
  o.service,
  coalesce(s.title, o.service) as service_title
from model.ownership as o
left join model.service as s on s.service = o.service
where exists (select 1 from model.ownership as b where b.service = o.service and b.owned_from < o.owned_from)
union all
select
  o.team,
  o.owned_until as happened_at,
  'gave up' as direction,
  o.service,
  coalesce(s.title, o.service) as service_title
from model.ownership as o
left join model.service as s on s.service = o.service
where exists (select 1 from model.ownership as n where n.service = o.service and n.owned_until > o.owned_until)
order by team, happened_at, direction, service
