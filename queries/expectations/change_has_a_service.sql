/*
title: Every change ships in a service
grain: one row per repository that a service is built from, and one for changes without any
*/
select
  coalesce(c.repository, 'no repository') as subject,
  count(*) as rows,
  'They count in no service: their paths belong to none.' as effect,
  'Add the paths to a service, or to shared_paths where they belong to all.' as remedy
from model.change as c
where
  not exists (select 1 from model.change_service as s where s.change_id = c.change_id)
  and (c.repository is null or exists (select 1 from model.service as v where v.repository = c.repository))
group by c.repository
order by subject
