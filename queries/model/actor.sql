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
),
known as (
  select unnest(logins) as login, person_id, display_name, is_bot, pseudonym
  from model.person
),
ranked as (
  select
    l.login,
    k.display_name,
    k.is_bot,
    k.pseudonym,
    row_number() over (partition by l.login order by k.person_id) as choice
  from login as l
  left join known as k on k.login = l.login
  where l.login is not null
)
select
  login,
  coalesce(is_bot, login like '%[bot]%') as is_bot,
  case getvariable('people')
    when 'names' then coalesce(display_name, login)
    when 'pseudonyms' then pseudonym
  end as shown_as
from ranked
where choice = 1
order by login
