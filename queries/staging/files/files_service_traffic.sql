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
  try_cast(said.starts_at as timestamptz) as starts_at,
  try_cast(said.ends_at as timestamptz) as ends_at,
  try_cast(said.requests as bigint) as requests,
  try_cast(said.errors as bigint) as errors,
  try_cast(said.users as bigint) as users
from record
order by source, service, environment, version, starts_at
