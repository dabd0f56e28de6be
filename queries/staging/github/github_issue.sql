/*
title: Issues of GitHub
description: >
  One with a label of `incident_labels` is an incident. The service is the one that a label names, else the only one of the repository.
grain: one row per source, repository and issue
*/
with issue as (
  select
    source,
    repository,
    repository_url,
    payload,
    coalesce(from_json(payload -> '$.labels.nodes[*].name', '["VARCHAR"]'), []) as labels
  from staging.github_record
  where stream = 'issue'
),
wanted as (
  select source, list_transform(try_cast(options -> '$.incident_labels' as varchar[]), lambda label: lower(label)) as labels
  from staging.source
),
named as (
  select i.source, i.repository, i.payload ->> '$.number' as number, min(s.service) as service
  from issue as i
  join staging.github_service as s
    on s.source = i.source and s.repository = i.repository and (s.is_only or list_contains(i.labels, s.service))
  group by i.source, i.repository, i.payload ->> '$.number'
)
select
  i.source,
  i.repository,
  i.repository || '#' || (i.payload ->> '$.number') as id,
  n.service,
  i.payload ->> '$.title' as title,
  lower(i.payload ->> '$.state') as status,
  staging.instant(i.payload ->> '$.createdAt') as created_at,
  staging.instant(i.payload ->> '$.closedAt') as closed_at,
  i.payload ->> '$.assignees.nodes[0].login' as assignee,
  i.labels,
  list_has_any(list_transform(i.labels, lambda label: lower(label)), coalesce(w.labels, [])) as is_incident,
  i.repository_url || '/issues/' || (i.payload ->> '$.number') as url
from issue as i
join wanted as w on w.source = i.source
left join named as n on n.source = i.source and n.repository = i.repository and n.number = (i.payload ->> '$.number')
order by i.source, i.repository, id
