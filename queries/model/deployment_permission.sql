/*
title: Deployment permissions
grain: one row per permission
description: >
  Which role may deploy what, and where; a null = whichever. Days begin in the organisation's time zone; null = without bound.
*/
select
  r.source || ':' || r.id as deployment_permission_id,
  r.id as native_id,
  r.source,
  r.role,
  coalesce(known.environment, r.environment) as environment,
  r.service,
  r.change_type,
  timezone(getvariable('time_zone'), r.valid_from::timestamp) as valid_from,
  timezone(getvariable('time_zone'), r.valid_until::timestamp) as valid_until
from staging.files_deployment_permission as r
left join model.environment_name as known on known.name = r.environment
order by deployment_permission_id
