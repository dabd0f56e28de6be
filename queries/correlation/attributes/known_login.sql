/*
title: Whose logins are known
grain: one row per login of a person
description: A login that two people claim is that of the first by name, so that every join finds one.
*/
with login as (
  select unnest(logins) as login, person_id
  from model.person
)
select login, min(person_id) as person
from login
where login is not null
group by login
order by login
