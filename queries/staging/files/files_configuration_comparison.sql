/*
title: Comparisons of configuration from files
description: How the configuration of one stage differs from that of another.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "environment": "VARCHAR", "compared_with": "VARCHAR", "service": "VARCHAR", "checked_at": "VARCHAR",
        "differences": "VARCHAR", "accepted": "VARCHAR", "details": ["VARCHAR"], "tool": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'configuration_comparison'
)
select
  source,
  said.id as id,
  said.environment as environment,
  said.compared_with as compared_with,
  said.service as service,
  staging.instant(said.checked_at) as checked_at,
  staging.whole(said.differences) as differences,
  staging.whole(said.accepted) as accepted,
  said.details as details,
  said.tool as tool,
  said.url as url
from record
order by source, id
