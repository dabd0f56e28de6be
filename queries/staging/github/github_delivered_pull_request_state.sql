/*
title: Last states of GitHub's pull requests as delivered
grain: one row per source, repository and pull request
*/
with mention as (
  select
    source,
    repository_number,
    delivery,
    delivered_at,
    staging.whole(payload ->> '$.pull_request.number') as number,
    payload -> '$.pull_request' as pull,
    staging.instant(payload ->> '$.pull_request.updated_at') as updated_at,
    staging.instant(payload ->> '$.pull_request.merged_at') as merged_at
  from staging.github_delivery
  where event = 'pull_request' and repository_number is not null
),
ranked as (
  select
    source, repository_number, number, pull, updated_at, merged_at,
    row_number() over (
      partition by source, repository_number, number
      -- Within a second, what was merged or closed comes last.
      order by updated_at desc nulls last, merged_at is null, (pull ->> '$.state') = 'open', delivered_at desc nulls last, delivery desc
    ) as choice
  from mention
  where number is not null and staging.instant(pull ->> '$.created_at') is not null
)
select
  source,
  repository_number,
  number,
  pull,
  updated_at,
  merged_at,
  -- While it is open, this is a commit that only tries whether it can be merged.
  case when merged_at is not null then pull ->> '$.merge_commit_sha' end as merge_sha,
  pull ->> '$.head.sha' as head_sha,
  'refs/heads/' || (pull ->> '$.head.ref') as head_ref,
  least(staging.whole(pull ->> '$.commits'), 1000) as commit_count
from ranked
where choice = 1
order by source, repository_number, number
