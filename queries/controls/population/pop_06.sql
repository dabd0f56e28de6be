/*
control: POP-06
title: Timestamps are in order and were not back-dated
question: Was the change requested, approved, begun and ended in this order, and left alone afterwards?
grain: one row per production deployment, and one per change request
rule: >
  Created, then approved, then begun, then ended, with the tolerance; an emergency may be filed and approved afterwards. After the deployment began the history of the request
  has no step to a status of approval. What is dated after as-of is never used
version: 1
units: [deployment, change_request]
severity: high
owner: Change management
needs:
  - { of: change_request, as: adverse }
  - { of: change_request_approval, as: adverse }
  - { of: ticket_transition, as: adverse }
parameters:
  tolerance_seconds:
    default: 0
    unit: seconds
    description: How far clocks of different systems may be apart.
  approval_statuses:
    default: [approved, rejected, authorize, authorise, assess, "pending approval", "waiting for approval", "awaiting approval", "awaiting cab approval", "cab approval", "in approval", "approval edited"]
    description: Statuses of a change request, in lower case, that are part of its approval; a log of edits may be brought in as steps of the last one.
frameworks:
  cobit: [BAI06.03]
  soc2: [CC8.1]
  iso_27001: ["8.17"]
  nist_800_53: [AU-8, AU-10]
  cfr_21_part_11: [11.10(e)]
  annex_11: ["9"]
remedy: Find out what happened in which order, from the audit log of the system, and write it into the request; take the right to edit an approval away.
steps:
  - when: "changed at"
    do: "Ask who changed the approval afterwards and why, and write that down. What happened stays a deviation."
  - when: " before "
    do: "Find out which of the two times is wrong and correct it at its source. If both are right, it was recorded afterwards: that stays a deviation, write down why."
  - when: " after "
    do: "Find out which of the two times is wrong and correct it at its source. If both are right, it was recorded afterwards: that stays a deviation, write down why."
*/
with edit as (
  select r.change_request_id, s.occurred_at
  from model.change_request as r
  join model.change_request_transition as s on s.change_request_id = r.change_request_id
  where r.type is distinct from 'emergency' and list_contains(getvariable('pop_06_approval_statuses'), lower(trim(s.to_status)))
),
approval as (
  select
    a.change_request_id,
    min(a.decided_at) as first_at,
    min(a.decided_at) filter (where a.decision = 'approved') as approved_at,
    list(a.approval_id) as approvals
  from model.change_request_approval as a
  group by a.change_request_id
),
request_edit as (
  select q.change_request_id, min(e.occurred_at) as edited_at
  from controls.filed_request as q
  join edit as e on e.change_request_id = q.change_request_id and e.occurred_at > q.begun_at
  group by q.change_request_id
),
request as (
  select
    q.change_request_id,
    q.service,
    q.occurred_at,
    r.type is not distinct from 'emergency' as is_emergency,
    date_diff('second', a.first_at, r.created_at) as before_created,
    date_diff('second', q.begun_at, r.created_at) as after_begun,
    date_diff('second', q.closed_at, r.created_at) as closed_before_created,
    date_diff('second', r.planned_end, r.planned_start) as ends_before_start,
    e.edited_at,
    coalesce(a.approvals, []) as evidence
  from controls.filed_request as q
  join model.change_request as r on r.change_request_id = q.change_request_id
  left join approval as a on a.change_request_id = q.change_request_id
  left join request_edit as e on e.change_request_id = q.change_request_id
),
request_part as (
  select distinct p.deployment_id, p.change_request_id
  from controls.deployment_part as p
  where p.change_request_id is not null
),
ordered as (
  select
    p.deployment_id,
    max(date_diff('second', d.occurred_at, r.created_at)) filter (where r.type is distinct from 'emergency') as created_after,
    max(date_diff('second', d.occurred_at, a.approved_at)) filter (where r.type is distinct from 'emergency') as approved_after,
    list_sort(list_concat(list(p.change_request_id), coalesce(flatten(list(a.approvals) filter (where a.approvals is not null)), []))) as evidence
  from request_part as p
  join controls.production_deployment as d on d.deployment_id = p.deployment_id
  join model.change_request as r on r.change_request_id = p.change_request_id
  left join approval as a on a.change_request_id = p.change_request_id
  group by p.deployment_id
),
deployment_edit as (
  select p.deployment_id, min(e.occurred_at) as edited_at
  from request_part as p
  join controls.production_deployment as d on d.deployment_id = p.deployment_id
  join edit as e on e.change_request_id = p.change_request_id and e.occurred_at > d.occurred_at
  group by p.deployment_id
),
-- What is wrong, with # in the place of how long.
problem as (
  select
    'change_request' as unit_kind,
    change_request_id as unit,
    service,
    null as environment,
    occurred_at,
    list_sort(list_append(evidence, change_request_id)) as evidence,
    case
      when not is_emergency and before_created > getvariable('pop_06_tolerance_seconds') then 'A decision on the request is dated # before the request was created.'
      when not is_emergency and after_begun > getvariable('pop_06_tolerance_seconds') then 'The request was created # after its first deployment began.'
      when closed_before_created > getvariable('pop_06_tolerance_seconds') then 'The request is dated as closed # before the request was created.'
      when ends_before_start > 0 then 'The planned window of the request ends # before it begins.'
      when edited_at is not null
        then 'The approval of the request was changed at ' || strftime(timezone(getvariable('time_zone'), edited_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || ', after its first deployment had begun.'
    end as said,
    case
      when not is_emergency and before_created > getvariable('pop_06_tolerance_seconds') then before_created
      when not is_emergency and after_begun > getvariable('pop_06_tolerance_seconds') then after_begun
      when closed_before_created > getvariable('pop_06_tolerance_seconds') then closed_before_created
      when ends_before_start > 0 then ends_before_start
      else 0
    end as seconds
  from request
  union all
  select
    'deployment',
    d.deployment_id,
    d.service,
    d.environment,
    d.occurred_at,
    coalesce(o.evidence, []),
    case
      when date_diff('second', d.finished_at, d.started_at) > 0 then 'The deployment is dated as ended # before it began.'
      when o.created_after > getvariable('pop_06_tolerance_seconds') then 'A change request of the deployment was created # after the deployment began.'
      when o.approved_after > getvariable('pop_06_tolerance_seconds') then 'A change request of the deployment was first approved # after the deployment began.'
      when e.edited_at is not null
        then 'The approval of the deployment''s request was changed at ' || strftime(timezone(getvariable('time_zone'), e.edited_at), '%Y-%m-%d %H:%M') || ' ' || getvariable('time_zone') || ', after the deployment had begun.'
    end,
    case
      when date_diff('second', d.finished_at, d.started_at) > 0 then date_diff('second', d.finished_at, d.started_at)
      when o.created_after > getvariable('pop_06_tolerance_seconds') then o.created_after
      when o.approved_after > getvariable('pop_06_tolerance_seconds') then o.approved_after
      else 0
    end
  from controls.production_deployment as d
  left join ordered as o on o.deployment_id = d.deployment_id
  left join deployment_edit as e on e.deployment_id = d.deployment_id
),
worded as (
  select
    *,
    replace(
      said,
      '#',
      case
        when seconds < 60 then seconds || ' s'
        when seconds < 3600 then (seconds // 60) || ' min'
        when seconds < 172800 then (seconds // 3600) || ' h'
        else (seconds // 86400) || ' days'
      end
    ) as words
  from problem
)
select
  unit_kind,
  unit,
  service,
  environment,
  occurred_at,
  null::timestamptz as due_at,
  case when words is null then 'pass' else 'fail' end as verdict,
  coalesce(words, 'All dates are in order, and no approval was changed after the deployment had begun.') as reason,
  evidence,
  []::varchar[] as missing,
  []::varchar[] as findings
from worded
order by unit_kind, unit
