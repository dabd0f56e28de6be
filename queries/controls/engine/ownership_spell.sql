/*
title: Spells in which a service had the same owners
grain: one row per service and spell
description: From `owned_from` until before `owned_until`; teams in the order of their names.
*/
with boundary as (
  select service, owned_from as begun_at
  from model.ownership
  union
  select service, owned_until
  from model.ownership
),
spell as (
  select service, begun_at as owned_from, lead(begun_at) over (partition by service order by begun_at) as owned_until
  from boundary
)
select s.service, s.owned_from, s.owned_until, list_sort(list(distinct o.team)) as teams
from spell as s
join model.ownership as o on o.service = s.service and o.owned_from <= s.owned_from and o.owned_until >= s.owned_until
group by s.service, s.owned_from, s.owned_until
order by s.service, s.owned_from
