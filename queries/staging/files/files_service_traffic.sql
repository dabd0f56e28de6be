/*
title: Traffic of services from files
description: Requests, errors and users of a service in a stretch of time.
grain: one row per source and service and environment and version and starts_at
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "service": "VARCHAR", "environment": "VARCHAR", "version": "VARCHAR", "starts_at": "VARCHAR", "ends_at": "VARCHAR", "requests": "VARCHAR",
        "errors": "VARCHAR", "users": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'service_traffic'
)
select
  source,
  said.service as service,
  said.environment as environment,
  said.version as version,
  staging.instant(said.starts_at) as starts_at,
  staging.instant(said.ends_at) as ends_at,
  staging.whole(said.requests) as requests,
  staging.whole(said.errors) as errors,
  staging.whole(said.users) as users
from record
order by source, service, environment, version, starts_at
