/*
title: A login belongs to one person
grain: one row per login that several person records have
*/
with held as (
  select unnest(logins) as login, person_id
  from model.person
)
select
  login as subject,
  count(distinct person_id) as rows,
  'What it did counts for the first of: ' || string_agg(distinct person_id, ', ' order by person_id) || '.' as effect,
  'Take the login out of all person records but one, or make them one record.' as remedy
from held
group by login
having count(distinct person_id) > 1
order by login
