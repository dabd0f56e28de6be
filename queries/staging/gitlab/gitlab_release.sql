/*
title: Releases of GitLab
description: >
  The service is the one whose name the tag begins with, else the only one of the project; the version is what begins with a digit
  behind it. One that is still to come is planned for its day.
grain: one row per source, service and version
*/
with release as (
  select
    r.source,
    r.repository,
    r.project_url,
    s.service,
    r.id as tag,
    r.payload,
    s.is_only,
    regexp_matches(r.id, '^' || regexp_escape(s.service) || '[-@/_]v?[0-9]') as is_named
  from staging.gitlab_record as r
  join staging.gitlab_service as s on s.source = r.source and s.repository = r.repository
  where r.stream = 'release'
),
versioned as (
  select
    source,
    repository,
    project_url,
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
    project_url,
    service,
    tag,
    payload,
    version,
    row_number() over (partition by source, service, version order by payload ->> '$.released_at', tag) as choice
  from versioned
  where version is not null
)
select
  source,
  service,
  repository,
  version,
  tag,
  payload ->> '$.commit.id' as sha,
  payload ->> '$.name' as title,
  payload ->> '$.description' as notes,
  cast(null as varchar) as kind,
  cast(null as varchar) as train,
  case when try_cast(payload ->> '$.upcoming_release' as boolean) then staging.instant(payload ->> '$.released_at') end as planned_at,
  staging.instant(payload ->> '$.released_at') as published_at,
  project_url || '/-/releases/' || tag as url
from ranked
where choice = 1
order by source, service, version
