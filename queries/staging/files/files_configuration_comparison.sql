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
  try_cast(said.checked_at as timestamptz) as checked_at,
  try_cast(said.differences as bigint) as differences,
  try_cast(said.accepted as bigint) as accepted,
  said.details as details,
  said.tool as tool,
  said.url as url
from record
order by source, id
