/*
title: Every change ships in a service
grain: one row per repository
*/
select
  coalesce(c.repository, 'no repository') as subject,
  count(*) as rows,
  'They count in no service: their paths belong to none.' as effect,
  'Add the paths to a service, or to shared_paths where they belong to all.' as remedy
from model.change as c
where not exists (select 1 from model.change_service as s where s.change_id = c.change_id)
group by c.repository
order by subject
