/*
title: Deployment permissions from files
description: Which role may deploy what, and where.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'role' as role,
  r.payload ->> 'environment' as environment,
  r.payload ->> 'service' as service,
  r.payload ->> 'change_type' as change_type,
  try_cast(r.payload ->> 'valid_from' as date) as valid_from,
  try_cast(r.payload ->> 'valid_until' as date) as valid_until
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'deployment_permission'
order by r.source, id
