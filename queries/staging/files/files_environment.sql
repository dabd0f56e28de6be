/*
title: Environments from files
description: Where software runs. Environments in quarterdeck.yaml win over rows of the same name.
grain: one row per source and name
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "name": "VARCHAR", "kind": "VARCHAR", "rank": "VARCHAR", "wave": "VARCHAR", "created_at": "VARCHAR", "removed_at": "VARCHAR",
        "is_ephemeral": "VARCHAR", "provisioned_by": "VARCHAR", "code": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'environment'
)
select
  source,
  said.name as name,
  said.kind as kind,
  staging.whole(said.rank) as rank,
  said.wave as wave,
  staging.instant(said.created_at) as created_at,
  staging.instant(said.removed_at) as removed_at,
  try_cast(said.is_ephemeral as boolean) as is_ephemeral,
  said.provisioned_by as provisioned_by,
  said.code as code
from record
order by source, name
