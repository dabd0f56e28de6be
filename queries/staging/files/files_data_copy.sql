/*
title: Copies of production data from files
description: Production data that was copied to another environment.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'service' as service,
  r.payload ->> 'dataset' as dataset,
  r.payload ->> 'from_environment' as from_environment,
  r.payload ->> 'to_environment' as to_environment,
  try_cast(r.payload ->> 'copied_at' as timestamptz) as copied_at,
  try_cast(r.payload ->> 'used_from' as timestamptz) as used_from,
  try_cast(r.payload ->> 'has_personal_data' as boolean) as has_personal_data,
  r.payload ->> 'actor' as actor,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'data_copy'
order by r.source, id
