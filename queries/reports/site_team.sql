/*
title: Teams on pages
grain: one row per team
description: Services are those that it owns at as-of.
*/
with owned as (
  select team, list_sort(list_distinct(array_agg(service))) as services
  from model.ownership
  where owned_from <= getvariable('as_of') and owned_until > getvariable('as_of')
  group by team
)
select t.team, t.title, coalesce(o.services, []) as services
from model.team as t
left join owned as o on o.team = t.team
order by t.title, t.team
