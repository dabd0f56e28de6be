/*
title: Registered pipelines from files
description: A pipeline through which deployments may come.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'workflow' as workflow,
  r.payload ->> 'repository' as repository,
  r.payload ->> 'service' as service,
  r.payload ->> 'environment' as environment,
  r.payload ->> 'owner' as owner,
  try_cast(r.payload ->> 'valid_from' as date) as valid_from,
  try_cast(r.payload ->> 'valid_until' as date) as valid_until
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'pipeline_registration'
order by r.source, id
