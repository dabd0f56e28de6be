/*
title: Every service is owned
grain: one row per service that no team owns at as-of, where there are teams, and that is not retired
*/
with only_team as (
  select min(team) as team
  from model.team
  having count(*) = 1
),
owned as (
  select team, array_agg(service order by service) as services
  from staging.config_ownership
  where owned_from is null and owned_until is null
  group by team
)
select
  s.service as subject,
  0 as rows,
  'It is in the figures of no team.' as effect,
  'Add it to what its team owns.' as remedy,
  ['teams', coalesce(o.team, 'name-of-the-team')] as add_path,
  json_object('owns', list_append(coalesce(w.services, []), s.service))::varchar as add_value
from model.service as s
left join only_team as o on true
left join owned as w on w.team = o.team
where
  exists (select 1 from model.team)
  and (s.retired_at is null or s.retired_at > getvariable('as_of'))
  and not exists (
    select 1
    from model.ownership as p
    where p.service = s.service and p.owned_from <= getvariable('as_of') and p.owned_until > getvariable('as_of')
  )
order by s.service
