/*
title: Names by which people are called
grain: one row per login, account or address, as it is written
rule: >
  Case, blanks around it and the form of accents make no difference (`key`). An address that a host makes up to hide a person's own, such as
  12345+jane@users.noreply.github.com, is the login in it.
*/
with written as (
  select unnest([login, account, email]) as text
  from model.reported_identity
  union
  select unnest([id] || coalesce(logins, []) || coalesce(emails, [])) as text
  from staging.files_person
  union
  select person as text
  from staging.files_role_grant
),
plain as (
  select text, lower(trim(nfc_normalize(text))) as plain
  from written
  where trim(text) <> ''
),
-- A GitLab of one's own may be called anything.
gitlab as (
  select distinct 'users.noreply.' || regexp_extract(lower(options ->> '$.url'), '^https?://([^/:]+)', 1) as host
  from staging.source
  where collector = 'gitlab' and (options ->> '$.url') is not null
),
named as (
  select
    text,
    case
      when
        regexp_matches(plain, '^[0-9]+-[^@]+@users\.noreply\.([^@]*\.)?gitlab\.')
        or (regexp_matches(plain, '^[0-9]+-[^@]+@') and split_part(plain, '@', 2) in (select host from gitlab))
        then regexp_extract(plain, '^[0-9]+-([^@]+)@', 1)
      when regexp_matches(plain, '^[^@]+@users\.noreply\.[^@]+$') then regexp_extract(plain, '^(?:[0-9]+\+)?([^@]+)@', 1)
      else plain
    end as key
  from plain
)
select
  n.text,
  n.key,
  contains(n.key, '@') as is_address,
  exists (select 1 from staging.config_shared_address as s where contains(n.key, '@') and n.key like s.pattern escape '\') as is_shared
from named as n
order by n.text
