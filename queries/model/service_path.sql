/*
title: Paths of services
grain: one row per service and path pattern
description: >
  A service without paths of its own owns its whole repository. Paths that one service of a repository declares shared belong
  to all of them.
*/
with declared as (
  select service, repository, paths, shared_paths
  from staging.config_service
  union all
  select f.name as service, f.repository, f.paths, f.shared_paths
  from staging.files_service as f
  where not exists (select 1 from staging.config_service as c where c.service = f.name)
),
shared as (
  select repository, unnest(shared_paths) as path
  from declared
),
pattern as (
  select service, repository, unnest(paths) as path, false as is_shared
  from declared
  union all
  select d.service, d.repository, s.path, true as is_shared
  from declared as d
  join shared as s on s.repository = d.repository
  union all
  select service, repository, '*' as path, false as is_shared
  from declared
  where repository is not null and len(coalesce(paths, [])) = 0
)
select distinct
  service,
  repository,
  case when path like '%/' then rtrim(path, '/') else path end as path,
  is_shared
from pattern
where repository is not null
order by service, repository, path, is_shared
