/*
title: Every team owns a service
grain: one row per team that owned none before as-of
*/
select
  t.team as subject,
  0 as rows,
  'It has no figures.' as effect,
  'Say what it owns, or take it out.' as remedy,
  ['teams', t.team] as add_path,
  json_object('owns', ['name-of-the-service'])::varchar as add_value
from model.team as t
where not exists (
  select 1
  from model.ownership as o
  join model.service as s on s.service = o.service
  where o.team = t.team and o.owned_from <= getvariable('as_of')
)
order by t.team
