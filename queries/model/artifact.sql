/*
title: Artifacts
grain: one row per artifact
*/
with reported as (
  select
    source, id, service, name, version, digest, kind, size_bytes, built_at, sha, is_signed, has_sbom, scan_outcome, url
  from staging.files_artifact
  union all
  select
    source, id, service, name, version, digest, kind, size_bytes, built_at, sha, is_signed, has_sbom, scan_outcome, url
  from staging.events_artifact
  union all
  select
    source, id, service, name, version, digest, kind, size_bytes, built_at, sha, is_signed, has_sbom, scan_outcome, url
  from staging.github_artifact
)
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
from reported
where built_at is null or built_at < getvariable('as_of')
order by artifact_id
