/*
title: Services of GitLab's projects
description: >
  Services as configured for each project. `is_only` where the project has one: whatever is said of it is said of that service. A project
  for which none is configured stands for a service of its own name.
grain: one row per source, project and service
*/
with paired as (
  select distinct p.source, p.repository, c.service
  from staging.gitlab_project as p
  join staging.config_service as c on c.repository = p.repository
)
select source, repository, service, count(*) over (partition by source, repository) = 1 as is_only
from paired
union all
select p.source, p.repository, split_part(p.repository, '/', -1) as service, true as is_only
from staging.gitlab_project as p
where not exists (select 1 from paired as k where k.source = p.source and k.repository = p.repository)
order by source, repository, service
