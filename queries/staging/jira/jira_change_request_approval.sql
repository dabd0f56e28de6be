/*
title: Decisions on Jira's change requests
description: >
  Of each approver who decided, and of the board where a field says so. Service Management says when an approval was complete, not when each of its
  approvers decided: its times are `is_derived`.
grain: one row per source and id
*/
with approval as (
  select r.source, r.key as issue_id, a.value as approval
  from raw.current as r
  join staging.source as s on s.source = r.source and s.collector = 'jira',
    json_each(r.payload -> '$.approvals') as a
  where r.stream = 'approval'
),
decision as (
  select
    a.source,
    a.issue_id,
    (a.approval ->> '$.id') || ':' || (p.key) as part,
    coalesce(p.value ->> '$.approver.name', p.value ->> '$.approver.emailAddress', p.value ->> '$.approver.accountId') as approver,
    a.approval ->> '$.name' as role,
    p.value ->> '$.approverDecision' as decision,
    staging.instant(a.approval ->> '$.completedDate.iso8601') as decided_at,
    true as is_derived
  from approval as a,
    json_each(a.approval -> '$.approvers') as p
),
board as (
  select
    d.source,
    d.issue_id,
    'board' as part,
    cast(null as varchar) as approver,
    'change advisory board' as role,
    lower(d.text) as decision,
    t."at" as decided_at,
    false as is_derived
  from staging.jira_value as d
  left join staging.jira_value as t on t.source = d.source and t.issue_id = d.issue_id and t.role = 'board_decided_at'
  where d.role = 'board_decision'
),
said as (
  from decision
  union all
  from board
)
select
  s.source,
  i.id || ':' || s.part as id,
  s.source || ':' || i.id as change_request,
  s.approver,
  s.role,
  case when s.decision = 'declined' then 'rejected' else s.decision end as decision,
  s.decided_at,
  s.is_derived,
  cast(null as varchar) as justification
from said as s
join staging.jira_issue as i on i.source = s.source and i.issue_id = s.issue_id and i.kind = 'change_request'
where s.decision in ('approved', 'declined', 'rejected')
order by s.source, id
