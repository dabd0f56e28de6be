/*
title: Nobody acts before they come or after they left
grain: one row per person who did something outside of the time that the person record gives, and on which side of it
*/
with bounded as (
  select l.login, p.person_id, coalesce(p.display_name, p.person_id) as name, p.active_from, p.active_until
  from model.person as p
  join model.person_login as l on l.person_id = p.person_id
  where p.active_from is not null or p.active_until is not null
),
dated as (
  select b.person_id, b.name, b.active_from, b.active_until, timezone(getvariable('time_zone'), a.happened_at)::date as day
  from model.act as a
  join bounded as b on b.login = a.login
  where a.happened_at is not null
),
outside as (
  select
    person_id,
    case when day < active_from then name || ' before ' || active_from else name || ' from ' || active_until || ' on' end as subject
  from dated
  where day < active_from or day >= active_until
)
select
  subject,
  count(*) as rows,
  'Somebody acted with the login of a person who had not come or had left; it counts as theirs.' as effect,
  'Correct `active_from` or `active_until` of the person record, or find out who acted.' as remedy
from outside
group by person_id, subject
order by subject, person_id
