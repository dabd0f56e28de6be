/*
title: Services that a change ships in
grain: one row per change and service
rule: a change ships in every service whose paths it touches; shared paths belong to all services of the repository (design 3)
description: >
  Services that the source states win. Where the paths of a change are not known it ships in every service
  of its repository.
*/
with stated as (
  select c.change_id, unnest(c.services) as service
  from model.change as c
),
by_path as (
  select distinct c.change_id, p.service
  from model.change as c
  join model.service_path as p on p.repository = c.repository
  where
    len(c.services) = 0
    and (
      len(c.paths) = 0
      or exists (
        select 1
        from (select unnest(c.paths) as path) as touched
        where
          touched.path = p.path
          or starts_with(touched.path, p.path || '/')
          or touched.path glob p.path
      )
    )
),
shipped as (
  select s.change_id, s.service
  from stated as s
  join model.service as v on v.service = s.service
  union
  select change_id, service
  from by_path
)
select change_id, service
from shipped
order by change_id, service
