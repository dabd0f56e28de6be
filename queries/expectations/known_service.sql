/*
title: Every record names a known service
grain: one row per unknown service
rule: A name close to that of a known service may be that service, written otherwise by its source, unless their digits differ; that is a guess.
*/
with named as (
  select service, source, repository from model.reported_deployment
  union all
  select service, source, null as repository from model.incident where service is not null
  union all
  select unnest(services) as service, source, repository from model.change
  union all
  select service, source, null as repository from staging.files_ownership
),
unknown as (
  select
    n.service as name,
    regexp_replace(lower(n.service), '[^a-z0-9]', '', 'g') as letters,
    count(*) as rows,
    string_agg(distinct n.source, ', ' order by n.source) as sources,
    case when count(distinct n.repository) = 1 then min(n.repository) end as repository
  from named as n
  where not exists (select 1 from model.service as s where s.service = n.service)
  group by n.service
),
known as (
  select service, regexp_replace(lower(service), '[^a-z0-9]', '', 'g') as letters
  from model.service
),
near as (
  select
    u.name,
    k.service,
    row_number() over (partition by u.name order by levenshtein(u.letters, k.letters), k.service) as choice
  from unknown as u
  join known as k
    on
      levenshtein(u.letters, k.letters) <= case when length(u.letters) < 4 then 0 when length(u.letters) < 8 then 1 else 2 end
      and regexp_replace(u.letters, '[^0-9]', '', 'g') = regexp_replace(k.letters, '[^0-9]', '', 'g')
)
select
  u.name as subject,
  u.rows,
  'They are in no metric, because the service is not known; controls judge them all the same.' as effect,
  case
    when n.service is null then 'Add ' || u.name || ' under services, or map the value to a known service.'
    else 'If ' || n.service || ' is meant, map the value where its file stands in the source ' || u.sources || '; else add ' || u.name || ' under services.'
  end as remedy,
  case when n.service is null then ['services', u.name] else ['columns', 'service'] end as add_path,
  case
    when n.service is not null then json_object('from', 'service', 'values', json_object(u.name, n.service))
    when u.repository is not null then json_object('repository', u.repository)
    else json_object()
  end::varchar as add_value
from unknown as u
left join near as n on n.name = u.name and n.choice = 1
order by u.name
