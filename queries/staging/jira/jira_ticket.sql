/*
title: Tickets of Jira
description: Issues that are neither change requests nor incidents. Whose law asks for it is what the field that the configuration names says.
grain: one row per source and id
*/
with said as (
  select source, issue_id, min(text) as regulation
  from staging.jira_value
  where role = 'regulation'
  group by source, issue_id
)
select i.source, i.id, i.kind, i.title, i.status, i.service, i.created_at, i.resolved_at, i.assignee, i.labels, i.due_on, v.regulation, i.url
from staging.jira_issue as i
left join said as v on v.source = i.source and v.issue_id = i.issue_id
where i.kind not in ('change_request', 'incident')
order by i.source, i.id
