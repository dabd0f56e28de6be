/*
title: Branches and tags
grain: one row per repository and name
*/
with reported as (
  select repository, name, kind, sha, tagged_at, source, 1 as precedence
  from staging.git_ref
  union all
  select repository, name, kind, sha, tagged_at, source, 1 as precedence
  from staging.github_ref
  union all
  select repository, name, kind, sha, tagged_at, source, 1 as precedence
  from staging.gitlab_ref
  union all
  select repository, name, kind, sha, tagged_at, source, 2 as precedence
  from staging.files_ref
  union all
  select repository, name, kind, sha, tagged_at, source, 3 as precedence
  from staging.events_ref
),
ranked as (
  select
    repository,
    name,
    kind,
    sha,
    tagged_at,
    row_number() over (partition by repository, name, kind order by precedence, source) as choice
  from reported
)
select repository, name, kind, sha, tagged_at
from ranked
where choice = 1
order by repository, kind, name
