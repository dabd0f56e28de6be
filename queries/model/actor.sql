/*
title: Who may be shown how
grain: one row per login that occurs
description: >
  `shown_as` is null where people are hidden, and where pseudonyms are asked for and the person has none. A pseudonym
  comes from the person's record, never from the login.
*/
with login as (
  select login
  from model.act
  union
  select author from model.wave_branch_commit
  union
  -- These may be machines and teams as well.
  select actor from model.evidence
  union
  select person from model.role_grant
  union
  select approver from model.exemption
  union
  select requested_by from model.exemption
)
select
  l.login,
  coalesce(k.person_id, 'identity/' || l.login) as person_id,
  coalesce(k.is_bot, contains(l.login, '[bot]')) as is_bot,
  case getvariable('people')
    when 'names' then coalesce(p.display_name, l.login)
    when 'pseudonyms' then p.pseudonym
  end as shown_as
from login as l
left join model.person_login as k on k.login = l.login
left join model.person as p on p.person_id = k.person_id
where l.login is not null
order by l.login
