/*
title: Who may be shown how
grain: one row per login that occurs
description: >
  `shown_as` is null where people are hidden, and where pseudonyms are asked for and the person has none. A pseudonym
  comes from the person's record, never from the login.
*/
with login as (
  select author as login from model.change
  union
  select author from model.wave_branch_commit
  union
  select merged_by from model.change
  union
  select reviewer from model.change_review
  union
  select deployer from model.deployment
  union
  select approver from model.deployment_approval
  union
  select approver from model.change_request_approval
  union
  select requested_by from model.change_request
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
