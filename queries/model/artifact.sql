/*
title: Artifacts
grain: one row per artifact
description: A bill of materials or statement about a digest is a fact about the artifact that has it; only where no source reports that artifact it is one by itself.
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
  union all
  select
    source, id, service, name, version, digest, kind, size_bytes, built_at, sha, is_signed, has_sbom, scan_outcome, url
  from staging.gitlab_artifact
),
proven as (
  select
    digest,
    bool_or(is_signed) as is_signed,
    bool_or(has_sbom) as has_sbom,
    case when min(sha) = max(sha) then min(sha) end as sha
  from staging.evidence_artifact
  where digest is not null
  group by digest
),
known as (
  select
    r.source, r.id, r.service, r.name, r.version, r.digest, r.kind, r.size_bytes, r.built_at, coalesce(r.sha, p.sha) as sha,
    coalesce(p.is_signed, r.is_signed) as is_signed, coalesce(p.has_sbom, r.has_sbom) as has_sbom, r.scan_outcome, r.url
  from reported as r
  left join proven as p on p.digest = r.digest
  union all
  select
    source, id, service, name, version, digest, kind, size_bytes, built_at, sha, is_signed, has_sbom, scan_outcome, url
  from staging.evidence_artifact as e
  where not exists (select 1 from reported as r where r.digest = e.digest)
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
from known
where built_at is null or built_at < getvariable('as_of')
order by artifact_id
