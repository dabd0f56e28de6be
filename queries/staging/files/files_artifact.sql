/*
title: Artifacts from files
description: What was shipped.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "service": "VARCHAR", "name": "VARCHAR", "version": "VARCHAR", "digest": "VARCHAR", "kind": "VARCHAR",
        "size_bytes": "VARCHAR", "built_at": "VARCHAR", "sha": "VARCHAR", "is_signed": "VARCHAR", "has_sbom": "VARCHAR", "scan_outcome": "VARCHAR",
        "url": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'artifact'
)
select
  source,
  said.id as id,
  said.service as service,
  said.name as name,
  said.version as version,
  said.digest as digest,
  said.kind as kind,
  staging.whole(said.size_bytes) as size_bytes,
  staging.instant(said.built_at) as built_at,
  said.sha as sha,
  try_cast(said.is_signed as boolean) as is_signed,
  try_cast(said.has_sbom as boolean) as has_sbom,
  said.scan_outcome as scan_outcome,
  said.url as url
from record
order by source, id
