/*
title: Artifacts
grain: one row per artifact
*/
select
  source || ':' || id as artifact_id,
  service,
  name,
  version,
  digest,
  kind,
  size_bytes,
  built_at,
  sha,
  is_signed,
  has_sbom,
  scan_outcome,
  url
from staging.files_artifact
where built_at is null or built_at < getvariable('as_of')
order by artifact_id
