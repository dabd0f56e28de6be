/*
title: Releases
grain: one row per service and version
*/
with reported as (
  select
    source, service, repository, version, tag, sha, null as title, null as notes, null as kind, null as train,
    null::timestamptz as planned_at, released_at as published_at, null as url, 2 as precedence
  from staging.git_release
  union all
  select
    source, service, null as repository, version, tag, sha, title, notes, kind, train,
    planned_at, published_at, url, 1 as precedence
  from staging.files_release
  union all
  select
    source, service, null as repository, version, tag, sha, title, notes, kind, train,
    planned_at, published_at, url, 1 as precedence
  from staging.events_release
  union all
  select
    source, service, repository, version, tag, sha, title, notes, kind, train,
    planned_at, published_at, url, 1 as precedence
  from staging.github_release
  union all
  select
    source, service, repository, version, tag, sha, title, notes, kind, train,
    planned_at, published_at, url, 1 as precedence
  from staging.gitlab_release
),
ranked as (
  select
    source, service, repository, version, tag, sha, title, notes, kind, train, planned_at, published_at, url,
    row_number() over (partition by service, version order by precedence, source, tag) as choice
  from reported
)
select
  source || ':' || service || '@' || version as release_id,
  service,
  repository,
  version,
  tag,
  sha,
  title,
  notes,
  kind,
  train,
  planned_at,
  published_at,
  url
from ranked
where choice = 1 and (published_at is null or published_at < getvariable('as_of'))
order by service, version
