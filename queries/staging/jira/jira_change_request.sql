/*
title: Change requests of Jira
description: Issues that authorise a change. Their incidents are the ones that they are linked to.
grain: one row per source and id
*/
with said as (
  select
    source,
    issue_id,
    min(text) filter (where role = 'description') as description,
    min(text) filter (where role = 'reason') as reason,
    min(text) filter (where role = 'impact') as impact,
    min(texts) filter (where role = 'affected_items') as affected_items,
    min(text) filter (where role = 'owner') as owner,
    min(text) filter (where role = 'template') as template,
    min(text) filter (where role = 'change_type') as change_type,
    min(text) filter (where role = 'risk') as risk,
    min("at") filter (where role = 'planned_start') as planned_start,
    min("at") filter (where role = 'planned_end') as planned_end,
    min(text) filter (where role = 'rollback_plan') as rollback_plan,
    min(text) filter (where role = 'test_plan') as test_plan,
    min("at") filter (where role = 'review_at') as review_at
  from staging.jira_value
  group by source, issue_id
),
incident as (
  select source, issue_id, list_sort(array_agg(distinct other)) as incidents
  from staging.jira_link
  where other_kind = 'incident'
  group by source, issue_id
)
select
  i.source,
  i.id,
  i.title,
  lower(v.change_type) as type,
  lower(v.risk) as risk,
  i.service,
  i.status,
  i.reporter as requested_by,
  i.created_at,
  v.planned_start,
  v.planned_end,
  v.rollback_plan,
  v.test_plan,
  v.review_at,
  i.resolved_at as closed_at,
  n.incidents,
  i.url,
  v.description,
  v.reason,
  v.impact,
  v.affected_items,
  coalesce(v.owner, i.assignee) as owner,
  v.template
from staging.jira_issue as i
left join said as v on v.source = i.source and v.issue_id = i.issue_id
left join incident as n on n.source = i.source and n.issue_id = i.issue_id
where i.kind = 'change_request'
order by i.source, i.id
