/*
title: Main lines and release tags of GitLab
description: Where they point now.
grain: one row per source, repository and reference
*/
select
  source,
  repository,
  payload ->> '$.name' as name,
  'main' as kind,
  payload ->> '$.commit.id' as sha,
  cast(null as timestamptz) as tagged_at
from staging.gitlab_record
where stream = 'branch'
union all
select
  source,
  repository,
  id as name,
  'tag' as kind,
  payload ->> '$.commit.id' as sha,
  staging.instant(payload ->> '$.released_at') as tagged_at
from staging.gitlab_record
where stream = 'release' and (payload ->> '$.commit.id') is not null
order by source, repository, kind, name
