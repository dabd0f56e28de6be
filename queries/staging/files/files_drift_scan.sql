/*
title: Drift scans from files
description: A comparison of an environment with what it is meant to be.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "environment": "VARCHAR", "service": "VARCHAR", "scanned_at": "VARCHAR", "baseline": "VARCHAR", "differences": "VARCHAR",
        "unapproved": "VARCHAR", "details": ["VARCHAR"], "tool": "VARCHAR", "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'drift_scan'
)
select
  source,
  said.id as id,
  said.environment as environment,
  said.service as service,
  staging.instant(said.scanned_at) as scanned_at,
  said.baseline as baseline,
  staging.whole(said.differences) as differences,
  staging.whole(said.unapproved) as unapproved,
  said.details as details,
  said.tool as tool,
  said.url as url
from record
order by source, id
