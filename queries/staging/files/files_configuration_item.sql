/*
title: Configuration items from files
description: What the configuration database says runs.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'name' as name,
  r.payload ->> 'service' as service,
  r.payload ->> 'version' as version,
  r.payload ->> 'owner' as owner,
  try_cast(r.payload ->> 'updated_at' as timestamptz) as updated_at
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'configuration_item'
order by r.source, id
