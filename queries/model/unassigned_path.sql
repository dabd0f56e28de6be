/*
title: Paths that belong to no service
grain: one row per repository and path that a change touched and no service of the repository owns
rule: shared paths belong to all services of a repository, the rest is listed as unassigned (design 3)
*/
with touched as (
  select change_id, repository, unnest(paths) as path
  from model.change
  where len(services) = 0
),
counted as (
  select repository, path, count(distinct change_id) as changes
  from touched
  group by repository, path
)
select c.repository, c.path, c.changes
from counted as c
where
  exists (select 1 from model.service_path as p where p.repository = c.repository)
  and not exists (
    select 1
    from model.service_path as p
    where
      p.repository = c.repository
      and (c.path = p.path or starts_with(c.path, p.path || '/') or c.path glob p.path)
  )
order by c.repository, c.path
