/*
title: Change requests
grain: one row per ticket that authorises a change
*/
with reported as (
  select
    source, id, title, type, risk, service, status, requested_by, created_at, planned_start, planned_end, rollback_plan, test_plan, review_at, closed_at,
    incidents, url, description, reason, impact, affected_items, owner, template
  from staging.files_change_request
  union all
  select
    source, id, title, type, risk, service, status, requested_by, created_at, planned_start, planned_end, rollback_plan, test_plan, review_at, closed_at,
    incidents, url, description, reason, impact, affected_items, owner, template
  from staging.jira_change_request
  union all
  select
    source, id, title, type, risk, service, status, requested_by, created_at, planned_start, planned_end, rollback_plan, test_plan, review_at, closed_at,
    incidents, url, description, reason, impact, affected_items, owner, template
  from staging.servicenow_change_request
)
select
  r.source || ':' || r.id as change_request_id,
  r.id as native_id,
  r.source,
  r.title,
  r.type,
  r.risk,
  r.service,
  r.status,
  r.requested_by,
  r.created_at,
  r.planned_start,
  r.planned_end,
  r.rollback_plan,
  r.test_plan,
  r.review_at,
  r.closed_at,
  coalesce(r.incidents, []) as incidents,
  r.url,
  r.description,
  r.reason,
  r.impact,
  coalesce(r.affected_items, []) as affected_items,
  r.owner,
  r.template
from reported as r
where r.created_at is null or r.created_at < getvariable('as_of')
order by change_request_id
