/*
title: Registered pipelines from files
description: A pipeline through which deployments may come.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "workflow": "VARCHAR", "repository": "VARCHAR", "service": "VARCHAR", "environment": "VARCHAR", "owner": "VARCHAR",
        "valid_from": "VARCHAR", "valid_until": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'pipeline_registration'
)
select
  source,
  said.id as id,
  said.workflow as workflow,
  said.repository as repository,
  said.service as service,
  said.environment as environment,
  said.owner as owner,
  staging.day(said.valid_from) as valid_from,
  staging.day(said.valid_until) as valid_until
from record
order by source, id
