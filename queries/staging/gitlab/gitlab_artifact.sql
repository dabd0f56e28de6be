/*
title: Assets of GitLab's releases
description: Links that a release has. Archives of the source are none.
grain: one row per source and asset
*/
with asset as (
  select
    r.source,
    s.service,
    s.version,
    s.sha,
    r.project,
    s.published_at,
    unnest(from_json(r.payload -> '$.assets.links', '[{"id":"VARCHAR","name":"VARCHAR","url":"VARCHAR","link_type":"VARCHAR"}]')) as item
  from staging.gitlab_record as r
  join staging.gitlab_release as s on s.source = r.source and s.repository = r.repository and s.tag = r.id
  where r.stream = 'release'
)
select
  source,
  project || ':' || item.id || '@' || service as id,
  service,
  item.name as name,
  version,
  cast(null as varchar) as digest,
  coalesce(nullif(item.link_type, 'other'), 'release asset') as kind,
  cast(null as bigint) as size_bytes,
  cast(null as timestamptz) as built_at,
  sha,
  cast(null as boolean) as is_signed,
  cast(null as boolean) as has_sbom,
  cast(null as varchar) as scan_outcome,
  item.url as url
from asset
order by source, id
