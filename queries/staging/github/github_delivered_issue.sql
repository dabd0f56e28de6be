/*
title: Issues of GitHub as delivered
description: In the words of GraphQL. What was deleted, or moved to another repository, is not there any more.
grain: one row per source, repository and issue
*/
with mention as (
  select
    source,
    repository_number,
    delivery,
    delivered_at,
    staging.whole(payload ->> '$.issue.number') as number,
    payload -> '$.issue' as issue,
    staging.instant(payload ->> '$.issue.updated_at') as updated_at,
    action in ('deleted', 'transferred') as is_deletion
  from staging.github_delivery
  where event = 'issues' and repository_number is not null
),
ranked as (
  select
    source, repository_number, number, issue, updated_at,
    bool_or(is_deletion) over (partition by source, repository_number, number) as is_deleted,
    row_number() over (
      partition by source, repository_number, number
      order by updated_at desc nulls last, delivered_at desc nulls last, (issue ->> '$.state') = 'open', len(issue::varchar) desc, delivery desc
    ) as choice
  from mention
  where number is not null and staging.instant(issue ->> '$.created_at') is not null
)
select
  source,
  repository_number,
  cast(number as varchar) as id,
  updated_at,
  coalesce(is_deleted, false) as is_deleted,
  json_object(
    'id', issue ->> '$.node_id',
    'number', number,
    'title', issue ->> '$.title',
    'body', coalesce(issue ->> '$.body', ''),
    'url', issue ->> '$.html_url',
    'state', upper(issue ->> '$.state'),
    'stateReason', upper(issue ->> '$.state_reason'),
    'createdAt', issue ->> '$.created_at',
    'updatedAt', issue ->> '$.updated_at',
    'closedAt', issue ->> '$.closed_at',
    'author', json_object('__typename', issue ->> '$.user.type', 'login', issue ->> '$.user.login'),
    'labels', json_object('nodes', to_json(list_transform(coalesce(from_json(issue -> '$.labels[*].name', '["VARCHAR"]'), []), lambda label: {'name': label}))),
    'assignees', json_object('nodes', to_json(list_transform(coalesce(from_json(issue -> '$.assignees[*].login', '["VARCHAR"]'), []), lambda login: {'login': login})))
  ) as payload
from ranked
where choice = 1
order by source, repository_number, id
