/*
title: Decisions on change requests
grain: one row per decision
description: >
  Times are UTC. Commit, end, withdrawal and conditions of a decision come from files only.
*/
with reported as (
  select
    source, id, change_request, approver, role, decision, decided_at, false as is_derived, justification, sha, expires_at, withdrawn_at, conditions,
    conditions_met_at
  from staging.files_change_request_approval
  union all
  select source, id, change_request, approver, role, decision, decided_at, is_derived, justification, null, null::timestamptz, null::timestamptz, null::varchar[], null::timestamptz
  from staging.jira_change_request_approval
  union all
  select source, id, change_request, approver, role, decision, decided_at, is_derived, justification, null, null::timestamptz, null::timestamptz, null::varchar[], null::timestamptz
  from staging.servicenow_change_request_approval
)
select
  a.source || ':' || a.id as approval_id,
  r.change_request_id,
  a.approver,
  a.role,
  a.decision,
  a.decided_at,
  a.is_derived,
  a.justification,
  a.sha,
  a.expires_at,
  a.withdrawn_at,
  coalesce(a.conditions, []) as conditions,
  a.conditions_met_at
from reported as a
join model.change_request_name as r on r.reference = a.change_request
where a.decided_at is null or a.decided_at < getvariable('as_of')
order by approval_id, r.change_request_id
