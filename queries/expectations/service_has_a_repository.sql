/*
title: Every service has a repository
grain: one row per service without one, where changes or commits are collected
*/
with repository as (
  select distinct repository
  from model.change
  where repository is not null
)
select
  s.service as subject,
  0 as rows,
  'Its changes are not known, so it has no lead time.' as effect,
  'Name the repository that it is built from.' as remedy,
  ['services', s.service] as add_path,
  json_object('repository', coalesce(r.repository, 'name-of-the-repository'))::varchar as add_value
from model.service as s
left join repository as r on regexp_extract(r.repository, '[^/]+$') = s.service
where
  s.repository is null
  and exists (select 1 from repository)
  and not exists (select 1 from model.change_service as c where c.service = s.service)
  and (s.retired_at is null or s.retired_at > getvariable('as_of'))
order by s.service, r.repository
