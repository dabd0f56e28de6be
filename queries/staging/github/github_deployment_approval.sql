/*
title: Decisions on GitHub's deployments
description: >
  As delivered, where it was. Else who decided and why, GitHub says by run; when, it does not say: that is taken from the status that follows the waiting, and marked as derived. Where the run is
  gone or the token may not read it, the decision stays without a person; where GitHub says that nobody decided, as
  when only a timer ran, there is none. Of a run that was repeated, GitHub does not say which decision belongs to which attempt: those that agree
  with what became of it.
grain: one row per source, deployment that waited and decision on it
*/
with status as (
  select
    source,
    deployment,
    state,
    created_at,
    id,
    lead(state) over (partition by source, deployment order by created_at, id) as next_state,
    lead(created_at) over (partition by source, deployment order by created_at, id) as next_at
  from staging.github_deployment_status
),
waiting as (
  select
    source,
    deployment,
    next_at,
    case when next_state in ('FAILURE', 'ERROR', 'INACTIVE') then 'rejected' else 'approved' end as decision,
    row_number() over (partition by source, deployment order by next_at, id) as choice
  from status
  where state = 'WAITING' and next_state is not null and next_state <> 'WAITING'
),
waited as (
  select
    w.source,
    w.deployment,
    d.repository_id,
    d.repository,
    d.payload ->> '$.environment' as environment,
    w.next_at,
    w.decision
  from waiting as w
  join staging.github_record as d on d.source = w.source and d.stream = 'deployment' and (d.payload ->> '$.databaseId') = w.deployment
  where w.choice = 1
),
answer as (
  select
    source,
    repository_id,
    payload ->> '$.deployment' as deployment,
    payload ->> '$.run' as run,
    payload -> '$.approvals' as approvals,
    -- What a later deployment of the run was told holds all that an earlier one was.
    row_number() over (
      partition by source, repository_id, payload ->> '$.run'
      order by json_array_length(payload -> '$.approvals') desc nulls last, staging.whole(payload ->> '$.deployment') desc
    ) as choice
  from staging.github_record
  where stream = 'deployment_approval'
),
asked as (
  select
    w.source,
    w.deployment,
    w.repository_id,
    w.environment,
    w.next_at,
    w.decision,
    a.run,
    count(*) over (partition by w.source, w.repository_id, a.run, w.environment) as attempts
  from waited as w
  join answer as a on a.source = w.source and a.repository_id = w.repository_id and a.deployment = w.deployment
),
review as (
  select
    source,
    repository_id,
    run,
    unnest(
      from_json(
        approvals, '[{"state":"VARCHAR","comment":"VARCHAR","user":{"login":"VARCHAR"},"environments":[{"name":"VARCHAR"}]}]'
      )
    ) as item,
    generate_subscripts(from_json(approvals, '["JSON"]'), 1) as place
  from answer
  where choice = 1 and json_type(approvals) = 'ARRAY'
),
decision as (
  select
    a.source,
    a.deployment,
    ' ' || r.place as suffix,
    r.item.user.login as approver,
    r.item.state as decision,
    a.next_at,
    nullif(r.item.comment, '') as justification
  from asked as a
  join review as r
    on
      r.source = a.source
      and r.repository_id = a.repository_id
      and r.run = a.run
      and list_contains(list_transform(r.item.environments, lambda one: one.name), a.environment)
      and r.item.state in ('approved', 'rejected')
      and (a.attempts = 1 or r.item.state = a.decision)
  union all
  -- Nobody could be asked about it.
  select w.source, w.deployment, '' as suffix, null as approver, w.decision, w.next_at, null as justification
  from waited as w
  join staging.github_environment as e
    on e.source = w.source and e.repository = w.repository and e.name = w.environment and e.needs_approval
  left join asked as a on a.source = w.source and a.deployment = w.deployment
  left join answer as n
    on n.source = a.source and n.repository_id = a.repository_id and n.run = a.run and n.choice = 1 and json_type(n.approvals) = 'ARRAY'
  where n.run is null
)
select
  a.source,
  g.id || ' ' || a.decision || ' ' || coalesce(a.approver, '') || ' ' || strftime(a.decided_at at time zone 'UTC', '%Y-%m-%dT%H:%M:%SZ') as id,
  g.id as deployment,
  a.approver,
  a.decision,
  a.decided_at,
  false as is_derived,
  a.justification
from staging.github_delivered_approval as a
join staging.github_deployment as g
  on g.source = a.source and (g.id = a.deployment or starts_with(g.id, a.deployment || '/'))
union all
select
  d.source,
  g.id || ' approval' || d.suffix as id,
  g.id as deployment,
  d.approver,
  d.decision,
  d.next_at as decided_at,
  true as is_derived,
  d.justification
from decision as d
join staging.github_deployment as g
  on g.source = d.source and (g.id = d.deployment or starts_with(g.id, d.deployment || '/'))
where
  not exists (
    select 1
    from staging.github_delivered_approval as a
    where a.source = d.source and a.deployment = d.deployment and (d.approver is null or (a.approver = d.approver and a.decision = d.decision))
  )
order by source, id
