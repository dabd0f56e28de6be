/*
title: Registered pipelines
grain: one row per registration
description: >
  Pipelines through which deployments may come; a null in service or environment = whichever. Days begin in the organisation's time zone; null = without bound.
*/
select
  r.source || ':' || r.id as pipeline_registration_id,
  r.id as native_id,
  r.source,
  r.workflow,
  r.repository,
  r.service,
  coalesce(known.environment, r.environment) as environment,
  r.owner,
  timezone(getvariable('time_zone'), r.valid_from::timestamp) as valid_from,
  timezone(getvariable('time_zone'), r.valid_until::timestamp) as valid_until
from staging.files_pipeline_registration as r
left join model.environment_name as known on known.name = r.environment
order by pipeline_registration_id
