/*
title: Deployments of GitHub
description: >
  The instant is that of the first success: GitHub's own time of update moves when the next deployment takes over. The service is what the
  payload says, else the one whose name the environment begins with, else the only one of the repository; a deployment of a
  repository with several services that says nothing is one of each of them. `version`, `train`, `labels`,
  `rollback_of` and `change_request` are taken from the payload where it has them. The workflow run is the one to which the log of a status
  leads, else the one that the payload names.
grain: one row per source, deployment and service
*/
with deployment as (
  select
    source,
    repository,
    payload ->> '$.databaseId' as id,
    payload,
    -- GitHub gives what was an object as text.
    case when json_valid(payload ->> '$.payload') then cast(payload ->> '$.payload' as json) end as stated
  from staging.github_record
  where stream = 'deployment'
),
outcome as (
  select
    source,
    deployment,
    min(created_at) filter (where state = 'SUCCESS') as succeeded_at,
    min(created_at) filter (where state in ('FAILURE', 'ERROR')) as failed_at,
    min(created_at) filter (where state = 'INACTIVE') as inactive_at,
    min(created_at) filter (where state = 'IN_PROGRESS') as started_at,
    -- The last that leads to a run: a check of another app may have reported in between.
    arg_max(regexp_extract(log_url, '/actions/runs/([0-9]+)', 1), struct_pack(created_at, id))
      filter (where regexp_matches(log_url, '/actions/runs/[0-9]')) as pipeline_run
  from staging.github_deployment_status
  group by source, deployment
),
candidate as (
  select
    d.source,
    d.id,
    s.service,
    (d.stated ->> '$.service') = s.service as is_stated,
    coalesce(starts_with(d.payload ->> '$.environment', s.service || '-') or starts_with(d.payload ->> '$.environment', s.service || '/'), false) as is_named,
    s.is_only
  from deployment as d
  join staging.github_service as s on s.source = d.source and s.repository = d.repository
),
ranked as (
  select
    source,
    id,
    service,
    is_named and not is_only as is_prefixed,
    rank() over (
      partition by source, id
      -- Of `pay-` and `pay-later-` the longer name is meant.
      order by coalesce(is_stated, false) desc, is_named desc, case when is_named then length(service) end desc
    ) as choice
  from candidate
)
select
  d.source,
  d.id || case when count(*) over (partition by d.source, d.id) > 1 then '/' || c.service else '' end as id,
  coalesce(d.stated ->> '$.service', c.service) as service,
  case
    when c.is_prefixed then substr(d.payload ->> '$.environment', length(c.service) + 2)
    else d.payload ->> '$.environment'
  end as environment,
  d.repository,
  d.payload ->> '$.commitOid' as sha,
  coalesce(
    d.stated ->> '$.version',
    case when (d.payload ->> '$.ref.prefix') = 'refs/tags/' then regexp_extract(d.payload ->> '$.ref.name', '[0-9].*$') end
  ) as version,
  coalesce(o.started_at, staging.instant(d.payload ->> '$.createdAt')) as started_at,
  coalesce(o.succeeded_at, o.failed_at) as finished_at,
  case
    when o.succeeded_at is not null then 'success'
    when o.failed_at is not null then 'failure'
    -- Taken over before it succeeded, or given up.
    when o.inactive_at is not null then 'cancelled'
    else 'in_progress'
  end as status,
  (d.payload ->> '$.creator.login')
    || case when (d.payload ->> '$.creator.__typename') = 'Bot' and not ends_with(d.payload ->> '$.creator.login', '[bot]') then '[bot]' else '' end as deployer,
  coalesce(
    o.pipeline_run,
    d.payload ->> '$.workflowRun',
    nullif(regexp_extract(d.stated ->> '$.pipeline_run', '^([0-9]+)$', 1), ''),
    nullif(regexp_extract(d.stated ->> '$.run_id', '^([0-9]+)$', 1), ''),
    nullif(regexp_extract(d.payload ->> '$.payload', '/actions/runs/([0-9]+)', 1), '')
  ) as pipeline_run,
  d.stated ->> '$.rollback_of' as rollback_of,
  d.stated ->> '$.train' as train,
  case when (d.payload ->> '$.ref.prefix') = 'refs/heads/' then d.payload ->> '$.ref.name' end as branch,
  try_cast(d.stated -> '$.labels' as varchar[]) as labels,
  case when (d.stated ->> '$.change_request') is not null then [d.stated ->> '$.change_request'] end as change_requests,
  cast(null as varchar) as url
from deployment as d
join ranked as c on c.source = d.source and c.id = d.id and c.choice = 1
left join outcome as o on o.source = d.source and o.deployment = d.id
order by d.source, id
