/*
title: Every login belongs to a person
grain: one row per login that no person record leads to, where there are person records
*/
with known as (
  select login
  from model.person_login
  -- What is ambiguous, or a bot with an owner, is told of elsewhere or needs no record.
  where has_record or reason = 'ambiguous' or (is_bot and owner is not null)
)
select
  o.login as subject,
  count(*) as rows,
  'One human behind several logins counts several times, and has no pseudonym.' as effect,
  'Add a person record with this login, or add the login to the record of a person.' as remedy,
  json_object('id', o.login, 'logins', [o.login])::varchar as add_value
from model.act as o
where
  exists (select 1 from model.person)
  and not exists (select 1 from known as k where k.login = o.login)
group by o.login
order by o.login
