/*
title: Every repository is built into a service
grain: one row per repository that changes or deployments name and no service has
*/
with named as (
  select repository from model.change
  union all
  select repository from model.reported_deployment
),
unknown as (
  select n.repository, count(*) as rows
  from named as n
  where n.repository is not null and not exists (select 1 from model.service as s where s.repository = n.repository)
  group by n.repository
),
alone as (
  select u.repository, min(s.service) as service
  from unknown as u
  join model.service as s on s.repository is null and s.service = regexp_extract(u.repository, '[^/]+$')
  group by u.repository
)
select
  u.repository as subject,
  u.rows,
  'No service is built from it: its changes ship nowhere.' as effect,
  'Name it as the repository of the service that is built from it.' as remedy,
  ['services', coalesce(a.service, regexp_extract(u.repository, '[^/]+$'))] as add_path,
  json_object('repository', u.repository)::varchar as add_value
from unknown as u
left join alone as a on a.repository = u.repository
order by u.repository
