/*
title: Releases of GitHub
description: >
  Published ones. The service is the one whose name the tag begins with, else the only one of the repository; the version is what begins
  with a digit behind it.
grain: one row per source, service and version
*/
with release as (
  select
    r.source,
    r.repository,
    r.repository_url,
    s.service,
    r.payload ->> '$.tagName' as tag,
    r.payload,
    s.is_only,
    regexp_matches(r.payload ->> '$.tagName', '^' || regexp_escape(s.service) || '[-@/_]v?[0-9]') as is_named
  from staging.github_record as r
  join staging.github_service as s on s.source = r.source and s.repository = r.repository
  where r.stream = 'release' and not try_cast(r.payload ->> '$.isDraft' as boolean)
),
versioned as (
  select
    source,
    repository,
    repository_url,
    service,
    tag,
    payload,
    nullif(regexp_extract(case when is_named then substr(tag, length(service) + 2) else tag end, '[0-9].*$'), '') as version
  from release
  where is_named or is_only
),
ranked as (
  select
    source,
    repository,
    repository_url,
    service,
    tag,
    payload,
    version,
    row_number() over (partition by source, service, version order by payload ->> '$.publishedAt', tag) as choice
  from versioned
  where version is not null
)
select
  source,
  service,
  repository,
  version,
  tag,
  payload ->> '$.tagCommit.oid' as sha,
  payload ->> '$.name' as title,
  payload ->> '$.description' as notes,
  case when try_cast(payload ->> '$.isPrerelease' as boolean) then 'prerelease' end as kind,
  cast(null as varchar) as train,
  cast(null as timestamptz) as planned_at,
  staging.instant(payload ->> '$.publishedAt') as published_at,
  repository_url || '/releases/tag/' || tag as url
from ranked
where choice = 1
order by source, service, version
