/*
title: Every service has a production deployment
grain: one row per service without one that is not retired
*/
with collected as (
  select distinct entry.value ->> '$.repository' as repository
  from staging.source as source, json_each(source.options, '$.repositories') as entry
  where source.collector = 'git'
),
tagged as (
  select distinct c.repository
  from collected as c
  inner join model.ref as r on r.repository = c.repository and r.kind = 'tag'
)
select
  s.service as subject,
  0 as rows,
  'It has no figures.' as effect,
  case
    when c.repository is not null and t.repository is null
      then c.repository || ' has no tags: tag its releases, or bring its deployments as files.'
    when c.repository is not null
      then 'Say which tags of ' || c.repository || ' are its releases, in the entry of that repository, or bring its deployments as files.'
    else 'Bring its deployments as files, or give it the repository whose tags are its releases.'
  end as remedy,
  case when t.repository is not null then ['releases'] else ['sources', 'deployments'] end as add_path,
  case
    when t.repository is not null then json_array(json_object('tags', 'v{version}', 'service', s.service))
    else json_object('collector', 'files', 'files', [json_object('path', 'data/deployments.csv', 'entity', 'deployment')])
  end::varchar as add_value
from model.service as s
left join collected as c on c.repository = s.repository
left join tagged as t on t.repository = s.repository
where
  not exists (select 1 from model.wave as w where w.service = s.service)
  and (s.retired_at is null or s.retired_at > getvariable('as_of'))
order by s.service
