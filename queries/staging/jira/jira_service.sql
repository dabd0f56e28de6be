/*
title: Services of Jira's issues
description: >
  What `services` says of the value of the field `service` or of a component, else the service that is called like it, by name or title. The field
  goes before components, and the first that names a service counts. Without regard to case.
grain: one row per source, issue and name that may be a service's
*/
with named as (
  select source, issue_id, 0 as rank, generate_subscripts(texts, 1) as place, unnest(texts) as name
  from staging.jira_value
  where role = 'service'
  union all
  select r.source, r.key as issue_id, 1 as rank, staging.whole(c.key) as place, c.value ->> '$.name' as name
  from raw.current as r
  join staging.source as s on s.source = r.source and s.collector = 'jira',
    json_each(r.payload -> '$.fields.components') as c
  where r.stream = 'issue'
),
mapped as (
  select s.source, lower(trim(entry.key)) as name, min(entry.value ->> '$') as service
  from staging.source as s,
    json_each(s.options -> '$.services') as entry
  where s.collector = 'jira'
  group by s.source, lower(trim(entry.key))
),
called as (
  select lower(name) as name, min(service) as service
  from (
    select service as name, service from staging.config_service
    union
    select title, service from staging.config_service where title is not null
  )
  group by lower(name)
)
select
  n.source,
  n.issue_id,
  n.name,
  coalesce(m.service, c.service) as service,
  row_number() over (
    partition by n.source, n.issue_id
    order by coalesce(m.service, c.service) is null, n.rank, n.place, n.name
  ) as choice
from named as n
left join mapped as m on m.source = n.source and m.name = lower(trim(n.name))
left join called as c on c.name = lower(trim(n.name))
where n.name is not null
order by n.source, n.issue_id, choice
