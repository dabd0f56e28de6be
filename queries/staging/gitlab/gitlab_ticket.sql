/*
title: Tickets of GitLab
description: Issues that are no incidents.
grain: one row per source and id
*/
select
  source,
  id,
  case when list_has_any(list_transform(labels, lambda label: lower(label)), ['bug', 'type::bug', 'kind/bug']) then 'bug' else 'task' end as kind,
  title,
  status,
  service,
  created_at,
  closed_at as resolved_at,
  assignee,
  labels,
  staging.day(payload ->> '$.due_date') as due_on,
  url
from staging.gitlab_issue
where not is_incident
order by source, id
