/*
title: A login belongs to one person
grain: one row per login or address that several person records have
*/
select
  c.key || ': ' || string_agg(c.person_id, ', ' order by c.person_id) as subject,
  count(*) as rows,
  'It stands for itself: what it did counts for none of them.' as effect,
  'Take the login out of all person records but one, or make them one record.' as remedy
from model.identity_claim as c
group by c.key
having count(*) > 1
order by c.key
