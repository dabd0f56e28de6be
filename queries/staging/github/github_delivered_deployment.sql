/*
title: Deployments of GitHub as delivered
description: In the words of GraphQL. The latest statement counts, whichever event it came with.
grain: one row per source, repository and deployment
*/
with mention as (
  select
    source,
    repository_number,
    delivery,
    delivered_at,
    staging.whole(payload ->> '$.deployment.id') as number,
    payload -> '$.deployment' as deployment,
    staging.instant(payload ->> '$.deployment.updated_at') as updated_at,
    coalesce(staging.whole(payload ->> '$.workflow_run.id'), staging.whole(payload ->> '$.workflow_job.run_id')) as run
  from staging.github_delivery
  where event in ('deployment', 'deployment_status', 'deployment_protection_rule', 'workflow_job')
),
ranked as (
  select
    source,
    repository_number,
    number,
    deployment,
    updated_at,
    max(run) over (partition by source, repository_number, number) as run,
    regexp_replace(deployment ->> '$.ref', '^refs/(heads|tags)/', '') as ref,
    row_number() over (
      partition by source, repository_number, number
      order by updated_at desc nulls last, delivered_at desc nulls last, delivery desc
    ) as choice
  from mention
  where repository_number is not null and number is not null and staging.instant(deployment ->> '$.created_at') is not null
),
tag as (
  select source, repository_number, substr(ref, 11) as name
  from staging.github_delivered_push
  where starts_with(ref, 'refs/tags/')
  union
  select source, repository_number, payload ->> '$.release.tag_name' as name
  from staging.github_delivery
  where event = 'release'
)
select
  r.source,
  r.repository_number,
  cast(r.number as varchar) as id,
  r.updated_at,
  false as is_deleted,
  json_merge_patch(
    json_object(
      'id', r.deployment ->> '$.node_id',
      'databaseId', r.number,
      'commitOid', r.deployment ->> '$.sha',
      'task', r.deployment ->> '$.task',
      'environment', r.deployment ->> '$.environment',
      'originalEnvironment', r.deployment ->> '$.original_environment',
      'description', r.deployment ->> '$.description',
      'payload', r.deployment ->> '$.payload',
      'createdAt', r.deployment ->> '$.created_at',
      'updatedAt', r.deployment ->> '$.updated_at',
      'creator', json_object('__typename', r.deployment ->> '$.creator.type', 'login', r.deployment ->> '$.creator.login')
    ),
    -- What is not known is left out, so that it takes away nothing that was read.
    json_object(
      -- GitHub does not say whether it is a tag or a branch.
      'ref', case
        when not regexp_matches(r.ref, '^[0-9a-f]{40}$')
          then json_object('name', r.ref, 'prefix', case when t.name is null then 'refs/heads/' else 'refs/tags/' end)
      end,
      'workflowRun', r.run
    )
  ) as payload
from ranked as r
left join tag as t on t.source = r.source and t.repository_number = r.repository_number and t.name = r.ref
where r.choice = 1
order by r.source, r.repository_number, r.number
