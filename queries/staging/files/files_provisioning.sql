/*
title: Provisioning from files
description: A runner or environment that was asked for, and when it was there.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'kind' as kind,
  r.payload ->> 'name' as name,
  r.payload ->> 'service' as service,
  r.payload ->> 'pipeline_run' as pipeline_run,
  try_cast(r.payload ->> 'attempt' as bigint) as attempt,
  try_cast(r.payload ->> 'requested_at' as timestamptz) as requested_at,
  try_cast(r.payload ->> 'ready_at' as timestamptz) as ready_at,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'provisioning'
order by r.source, id
