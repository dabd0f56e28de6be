-- Names that are nobody's and so stay: bots, addresses that are nobody's own, and what the organisation calls its services, teams, environments and sources.
select distinct lower(trim(nfc_normalize(name))) as name, is_word
from (
  select login as name, false as is_word
  from model.person_login
  where is_bot
  union all
  select key, false
  from model.person_login
  where is_bot
  union all
  select text, false
  from model.identity_name
  where is_shared
  union all
  select display_name, false
  from model.person
  where is_bot
  union all
  select service, true
  from model.service
  union all
  select team, true
  from model.team
  union all
  select environment, true
  from model.environment
  union all
  select name, true
  from model.environment_name
  union all
  select source, true
  from staging.source
)
where trim(name) <> ''
order by name, is_word
