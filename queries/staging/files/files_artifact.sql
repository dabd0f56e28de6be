/*
title: Artifacts from files
description: What was shipped.
grain: one row per source and id
*/
select
  r.source,
  r.payload ->> 'id' as id,
  r.payload ->> 'service' as service,
  r.payload ->> 'name' as name,
  r.payload ->> 'version' as version,
  r.payload ->> 'digest' as digest,
  r.payload ->> 'kind' as kind,
  try_cast(r.payload ->> 'size_bytes' as bigint) as size_bytes,
  try_cast(r.payload ->> 'built_at' as timestamptz) as built_at,
  r.payload ->> 'sha' as sha,
  try_cast(r.payload ->> 'is_signed' as boolean) as is_signed,
  try_cast(r.payload ->> 'has_sbom' as boolean) as has_sbom,
  r.payload ->> 'scan_outcome' as scan_outcome,
  r.payload ->> 'url' as url
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'artifact'
order by r.source, id
