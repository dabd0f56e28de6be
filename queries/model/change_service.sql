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
touched as (
  select c.change_id, c.repository, unnest(c.paths) as path
  from model.change as c
  where len(c.services) = 0
),
shipped as (
  select s.change_id, s.service
  from stated as s
  join model.service as v on v.service = s.service
  union
  select t.change_id, p.service
  from touched as t
  join model.service_path as p on p.repository = t.repository
  where t.path = p.path or starts_with(t.path, p.path || '/') or t.path glob p.path
  union
  select c.change_id, p.service
  from model.change as c
  join model.service_path as p on p.repository = c.repository
  where len(c.services) = 0 and len(c.paths) = 0
)
select change_id, service
from shipped
order by change_id, service
