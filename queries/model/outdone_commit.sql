/*
title: Commits that another source reports better
grain: one row per source, repository and commit
description: Of several sources that report the same commit git wins, for it has the whole message; these are the others.
*/
with reported as (
  select repository, sha, source, 1 as precedence
  from staging.git_commit
  union all
  select repository, sha, source, 2 as precedence
  from staging.files_commit
),
-- Most repositories are reported by one source, whose commits need not be held against each other.
repository_source as (
  select repository, source
  from reported
  group by repository, source
),
shared as (
  select repository
  from repository_source
  group by repository
  having count(*) > 1
),
ranked as (
  select
    r.source,
    r.repository,
    r.sha,
    row_number() over (partition by r.repository, r.sha order by r.precedence, r.source) as choice
  from reported as r
  join shared as s on s.repository = r.repository
)
select source, repository, sha
from ranked
where choice > 1
order by source, repository, sha
