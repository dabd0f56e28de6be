/*
title: Artifacts from evidence
description: >
  What bills of materials and statements are about. One with a digest is that digest; one without is its name and version. Signed is one of
  whose statements any carries a signature.
grain: one row per source and id
*/
with told as (
  select
    source, path, service, name, version, digest, sha, null::timestamptz as built_at, null::boolean as is_signed, true as has_sbom
  from staging.evidence_bill
  where name is not null or digest is not null
  union all
  select
    source, path, service, name, version, digest, case when is_provenance then sha end, case when is_provenance then finished_at end,
    case when signatures > 0 then true end, case when predicate_type like 'https://cyclonedx.org/bom%' or predicate_type like 'https://spdx.dev/Document%' then true end
  from staging.evidence_statement
  where name is not null or digest is not null
),
keyed as (
  select *, coalesce(digest, to_json([name, version])::varchar) as id
  from told
)
select
  source,
  id,
  case when min(service) = max(service) then min(service) end as service,
  coalesce(min(name), id) as name,
  case when min(version) = max(version) then min(version) end as version,
  min(digest) as digest,
  null::varchar as kind,
  null::bigint as size_bytes,
  min(built_at) as built_at,
  case when min(sha) = max(sha) then min(sha) end as sha,
  bool_or(is_signed) as is_signed,
  bool_or(has_sbom) as has_sbom,
  null::varchar as scan_outcome,
  null::varchar as url
from keyed
group by source, id
order by source, id
