/*
title: Services from files
description: What is deployed and owned. Services in quarterdeck.yaml win over rows of the same name.
grain: one row per source and name
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "name": "VARCHAR", "repository": "VARCHAR", "paths": ["VARCHAR"], "shared_paths": ["VARCHAR"], "tier": "VARCHAR", "regulated": ["VARCHAR"],
        "upstream": ["VARCHAR"], "active_from": "VARCHAR", "retired_at": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'service'
)
select
  source,
  said.name as name,
  said.repository as repository,
  said.paths as paths,
  said.shared_paths as shared_paths,
  staging.whole(said.tier) as tier,
  said.regulated as regulated,
  said.upstream as upstream,
  staging.instant(said.active_from) as active_from,
  staging.instant(said.retired_at) as retired_at
from record
order by source, name
