/*
title: Assets of GitHub's releases
grain: one row per source and asset
*/
with asset as (
  select
    r.source,
    s.service,
    s.version,
    s.sha,
    r.repository_url || '/releases/download/' || s.tag || '/' as folder,
    unnest(
      from_json(
        r.payload -> '$.releaseAssets.nodes',
        '[{"id":"VARCHAR","name":"VARCHAR","contentType":"VARCHAR","size":"BIGINT","digest":"VARCHAR","createdAt":"TIMESTAMPTZ"}]'
      )
    ) as item
  from staging.github_record as r
  join staging.github_release as s on s.source = r.source and s.repository = r.repository and s.tag = (r.payload ->> '$.tagName')
  where r.stream = 'release'
)
select
  source,
  item.id || '@' || service as id,
  service,
  item.name as name,
  version,
  item.digest as digest,
  'release asset' as kind,
  item.size as size_bytes,
  item.createdAt as built_at,
  sha,
  cast(null as boolean) as is_signed,
  cast(null as boolean) as has_sbom,
  cast(null as varchar) as scan_outcome,
  folder || item.name as url
from asset
order by source, id
