/*
title: Issues of GitLab
description: >
  One of the type incident, or with a label of `incident.labels`, is an incident. The service is the one that a label names, alone or behind `service::`,
  else the only one of the project.
grain: one row per source, project and issue
*/
with issue as (
  select
    source,
    project,
    repository,
    project_url,
    id as number,
    payload,
    coalesce(try_cast(payload -> '$.labels' as varchar[]), []) as labels
  from staging.gitlab_record
  where stream = 'issue'
),
wanted as (
  select source, list_transform(coalesce(try_cast(options -> '$.incident.labels' as varchar[]), []), lambda label: lower(label)) as labels
  from staging.source
),
named as (
  select i.source, i.project, i.number, min(s.service) as service
  from issue as i
  join staging.gitlab_service as s
    on
      s.source = i.source and s.repository = i.repository
      and (s.is_only or list_has_any(i.labels, [s.service, 'service::' || s.service]))
  group by i.source, i.project, i.number
)
select
  i.source,
  i.repository,
  i.project,
  i.number,
  i.repository || '#' || i.number as id,
  n.service,
  i.payload ->> '$.title' as title,
  i.payload ->> '$.state' as status,
  staging.instant(i.payload ->> '$.created_at') as created_at,
  -- What was opened again keeps when it was closed.
  case when (i.payload ->> '$.state') = 'closed' then staging.instant(i.payload ->> '$.closed_at') end as closed_at,
  i.payload ->> '$.assignees[0].username' as assignee,
  i.labels,
  coalesce((i.payload ->> '$.issue_type') = 'incident', false)
    or list_has_any(list_transform(i.labels, lambda label: lower(label)), coalesce(w.labels, [])) as is_incident,
  i.payload,
  i.project_url || '/-/issues/' || i.number as url
from issue as i
join wanted as w on w.source = i.source
left join named as n on n.source = i.source and n.project = i.project and n.number = i.number
order by i.source, i.repository, id
