/*
title: What a release is judged by
grain: one row per service and version that was put into production, and unit of controls that belongs to it
rule: Itself, each attempt to put it into production, and the change requests that those go by
*/
with attempt as (
  select deployment_id, service || '@' || version as release_id
  from controls.production_deployment
  where version is not null
)
select release_id, 'release' as unit_kind, release_id as unit
from attempt
union
select release_id, 'deployment' as unit_kind, deployment_id as unit
from attempt
union
select a.release_id, 'change_request' as unit_kind, p.change_request_id as unit
from attempt as a
join controls.deployment_part as p on p.deployment_id = a.deployment_id
where p.change_request_id is not null
order by release_id, unit_kind, unit
