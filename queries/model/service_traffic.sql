/*
title: Traffic of services
grain: one row per source, service, environment, version and stretch of time that is over
description: >
  Requests, errors and users as monitoring counts them. `environment` is that of production waves, so that copies of one environment share it; null = all of production. What is of another environment is left
  out. A null version = all versions together.
*/
select
  t.source,
  t.service,
  coalesce(e.wave, e.environment) as environment,
  t.version,
  t.starts_at,
  t.ends_at,
  t.requests,
  t.errors,
  t.users
from staging.files_service_traffic as t
left join model.environment_name as n on n.name = t.environment
left join model.environment as e on e.environment = n.environment
where t.ends_at <= getvariable('as_of') and (t.environment is null or e.kind = 'production')
order by t.source, t.service, environment, t.version, t.starts_at
