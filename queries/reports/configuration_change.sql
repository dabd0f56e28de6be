/*
title: What changed in the configuration between publications
grain: one row per publication, path and value that came, went or changed
description: Rules of who is who hold logins and addresses of people; that they changed is told, not what they say.
*/
with step as (
  select publication, from_publication, configuration_sha256, from_configuration_sha256
  from reports.publication_step
  where configuration_sha256 <> from_configuration_sha256
),
gone as (
  select s.publication, v.path, v.value
  from step as s
  join reports.configuration_value as v on v.configuration_sha256 = s.from_configuration_sha256
  where not exists (
    select 1 from reports.configuration_value as o
    where o.configuration_sha256 = s.configuration_sha256 and o.path = v.path and o.value = v.value
  )
),
come as (
  select s.publication, v.path, v.value
  from step as s
  join reports.configuration_value as v on v.configuration_sha256 = s.configuration_sha256
  where not exists (
    select 1 from reports.configuration_value as o
    where o.configuration_sha256 = s.from_configuration_sha256 and o.path = v.path and o.value = v.value
  )
),
changed as (
  select
    coalesce(g.publication, c.publication) as publication,
    coalesce(g.path, c.path) as path,
    g.value as old_value,
    c.value as new_value
  from gone as g
  full join come as c on c.publication = g.publication and c.path = g.path and not ends_with(c.path, '[]')
)
select distinct
  s.publication,
  s.from_publication,
  c.path,
  case when not starts_with(c.path, 'people.') then left(c.old_value, 300) when c.old_value is not null then 'not shown' end as old_value,
  case when not starts_with(c.path, 'people.') then left(c.new_value, 300) when c.new_value is not null then 'not shown' end as new_value
from changed as c
join step as s on s.publication = c.publication
order by s.publication, c.path, old_value nulls first, new_value nulls first
