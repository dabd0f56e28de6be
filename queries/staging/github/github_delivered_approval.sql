/*
title: Decisions on GitHub's deployments as delivered
description: >
  Who decided what, when and with which words. The time is the latest that the delivery tells of, which is when it was decided. A delivery names
  the run and the environments, not the deployment: it is the last one that the run had begun there.
grain: one row per source, deployment and decision
*/
with review as (
  select
    source,
    repository_number,
    delivery,
    lower(action) as decision,
    payload ->> '$.workflow_run.id' as run,
    coalesce(payload ->> '$.approver.login', payload ->> '$.sender.login') as approver,
    nullif(payload ->> '$.comment', '') as justification,
    greatest(
      staging.instant(payload ->> '$.since'),
      staging.instant(payload ->> '$.workflow_run.updated_at'),
      list_max(list_transform(from_json(payload -> '$.workflow_job_runs[*].updated_at', '["VARCHAR"]'), lambda text: staging.instant(text)))
    ) as decided_at,
    unnest(
      list_distinct(
        list_filter(
          coalesce(from_json(payload -> '$.workflow_job_runs[*].environment', '["VARCHAR"]'), [])
          || [payload ->> '$.environment', payload ->> '$.workflow_job_run.environment'],
          lambda name: name is not null
        )
      )
    ) as environment
  from staging.github_delivery
  where event = 'deployment_review' and action in ('approved', 'rejected')
),
deployment as (
  select
    d.source,
    r.number as repository_number,
    d.payload ->> '$.databaseId' as deployment,
    d.payload ->> '$.environment' as environment,
    staging.instant(d.payload ->> '$.createdAt') as created_at,
    coalesce(
      -- The last that leads to a run: a check of another app may have reported in between.
      arg_max(regexp_extract(s.log_url, '/actions/runs/([0-9]+)', 1), struct_pack(s.created_at, s.id))
        filter (where regexp_matches(s.log_url, '/actions/runs/[0-9]')),
      d.payload ->> '$.workflowRun'
    ) as run
  from staging.github_record as d
  join staging.github_repository as r on r.source = d.source and r.repository_id = d.repository_id
  left join staging.github_deployment_status as s on s.source = d.source and s.deployment = (d.payload ->> '$.databaseId')
  where d.stream = 'deployment'
  group by d.source, r.number, d.payload
),
ranked as (
  select
    d.source, d.deployment, v.approver, v.decision, v.decided_at, v.justification, v.delivery,
    row_number() over (partition by v.source, v.delivery, v.environment order by d.created_at desc, d.deployment desc) as choice
  from review as v
  join deployment as d
    on
      d.source = v.source and d.repository_number = v.repository_number and d.run = v.run and d.environment = v.environment
      and d.created_at <= v.decided_at
)
select distinct source, deployment, approver, decision, decided_at, justification
from ranked
where choice = 1
order by source, deployment, decided_at, approver, decision
