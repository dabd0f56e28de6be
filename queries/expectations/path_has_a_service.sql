/*
title: Every path belongs to a service
grain: one row per repository with paths that changes touched and no service owns
rule: What to add are the folders touched most, to the first service of the repository by name, keeping its paths; that is a guess.
*/
with ranked as (
  select
    repository,
    path,
    changes,
    row_number() over (partition by repository order by changes desc, path) as place
  from model.unassigned_path
),
listed as (
  select
    repository,
    string_agg(path, ', ' order by place) filter (where place <= 5)
    || case when max(place) > 5 then ' and ' || max(place) - 5 || ' more' else '' end as paths,
    max(place) as rows,
    array_agg(path order by place) filter (where place <= 5) as first_paths
  from ranked
  group by repository
),
holder as (
  select repository, min(service) as service
  from staging.config_service
  group by repository
)
select
  l.repository || ': ' || l.paths as subject,
  l.rows,
  'A change that touches nothing else ships in no service.' as effect,
  'Add them to the paths of a service, or to shared_paths.' as remedy,
  case when h.service is not null then ['services', h.service] end as add_path,
  case when h.service is not null then json_object('shared_paths', list_concat(coalesce(c.shared_paths, []), l.first_paths)) end::varchar as add_value
from listed as l
left join holder as h on h.repository = l.repository
left join staging.config_service as c on c.service = h.service
order by l.repository
