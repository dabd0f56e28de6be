/*
title: Reviews of GitHub as delivered
description: Handed in ones. What was ever dismissed stays dismissed.
grain: one row per source, repository and review
*/
with mention as (
  select
    source,
    repository_number,
    delivery,
    payload ->> '$.pull_request.number' as change,
    staging.whole(payload ->> '$.review.id') as number,
    payload -> '$.review' as review
  from staging.github_delivery
  where event = 'pull_request_review'
),
ranked as (
  select
    source, repository_number, change, number, review,
    row_number() over (
      partition by source, repository_number, number
      order by lower(review ->> '$.state') <> 'dismissed', staging.instant(review ->> '$.updated_at') desc nulls last, delivery desc
    ) as choice
  from mention
  where number is not null and staging.instant(review ->> '$.submitted_at') is not null
)
select
  source,
  repository_number,
  change,
  cast(number as varchar) as number,
  review ->> '$.node_id' as id,
  lower(review ->> '$.state') as state,
  staging.instant(review ->> '$.submitted_at') as submitted_at,
  review ->> '$.commit_id' as sha,
  review ->> '$.user.type' as author_type,
  review ->> '$.user.login' as author
from ranked
where choice = 1
order by source, repository_number, number
