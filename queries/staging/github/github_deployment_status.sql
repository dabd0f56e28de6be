/*
title: Statuses of GitHub's deployments
description: Read or delivered. A status that both know is one.
grain: one row per source, deployment, state and instant
*/
with polled as (
  select
    source,
    repository,
    payload ->> '$.databaseId' as deployment,
    unnest(
      from_json(
        payload -> '$.statuses.nodes',
        '[{"id":"VARCHAR","state":"VARCHAR","createdAt":"TIMESTAMPTZ","logUrl":"VARCHAR","environment":"VARCHAR","creator":{"__typename":"VARCHAR","login":"VARCHAR"}}]'
      )
    ) as item
  from staging.github_record
  where stream = 'deployment'
),
status as (
  select
    source,
    repository,
    deployment,
    item.id as id,
    item.state as state,
    item.createdAt as created_at,
    item.logUrl as log_url,
    item.environment as environment,
    item.creator.login
      || case when item.creator.__typename = 'Bot' and not ends_with(item.creator.login, '[bot]') then '[bot]' else '' end as creator,
    1 as precedence
  from polled
  union all
  select
    s.source, r.repository, s.deployment, s.id, s.state, s.created_at, s.log_url, s.environment, s.creator, 2 as precedence
  from staging.github_delivered_status as s
  join staging.github_repository as r on r.source = s.source and r.number = s.repository_number
),
ranked as (
  select
    source, repository, deployment, id, state, created_at, log_url, environment, creator,
    row_number() over (partition by source, deployment, state, created_at order by precedence, id) as choice
  from status
)
select source, repository, deployment, id, state, created_at, log_url, environment, creator
from ranked
where choice = 1
order by source, deployment, created_at, id
