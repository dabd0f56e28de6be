/*
title: Statuses of GitHub's deployments
grain: one row per source, deployment and status
*/
with status as (
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
)
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
    || case when item.creator.__typename = 'Bot' and not ends_with(item.creator.login, '[bot]') then '[bot]' else '' end as creator
from status
order by source, deployment, created_at, id
