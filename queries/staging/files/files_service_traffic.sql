/*
title: Traffic of services from files
description: Requests, errors and users of a service in a stretch of time.
grain: one row per source and service and environment and version and starts_at
*/
select
  r.source,
  r.payload ->> 'service' as service,
  r.payload ->> 'environment' as environment,
  r.payload ->> 'version' as version,
  try_cast(r.payload ->> 'starts_at' as timestamptz) as starts_at,
  try_cast(r.payload ->> 'ends_at' as timestamptz) as ends_at,
  try_cast(r.payload ->> 'requests' as bigint) as requests,
  try_cast(r.payload ->> 'errors' as bigint) as errors,
  try_cast(r.payload ->> 'users' as bigint) as users
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'service_traffic'
order by r.source, service, environment, version, starts_at
