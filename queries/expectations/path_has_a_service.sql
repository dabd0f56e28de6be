/*
title: Every path belongs to a service
grain: one row per repository with paths that changes touched and no service owns
*/
select
  repository || ': ' || string_agg(path, ', ' order by changes desc, path) filter (where place <= 5)
  || case when max(place) > 5 then ' and ' || max(place) - 5 || ' more' else '' end as subject,
  max(place) as rows,
  'A change that touches nothing else ships in no service.' as effect,
  'Add them to the paths of a service, or to shared_paths.' as remedy
from (
  select
    repository,
    path,
    changes,
    row_number() over (partition by repository order by changes desc, path) as place
  from model.unassigned_path
) as ranked
group by repository
order by repository
