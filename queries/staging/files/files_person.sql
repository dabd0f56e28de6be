/*
title: Persons from files
description: One human or bot behind many logins.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "display_name": "VARCHAR", "logins": ["VARCHAR"], "emails": ["VARCHAR"], "is_bot": "VARCHAR", "owner": "VARCHAR",
        "active_from": "VARCHAR", "active_until": "VARCHAR", "pseudonym": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'person'
)
select
  source,
  said.id as id,
  said.display_name as display_name,
  said.logins as logins,
  said.emails as emails,
  try_cast(said.is_bot as boolean) as is_bot,
  said.owner as owner,
  staging.day(said.active_from) as active_from,
  staging.day(said.active_until) as active_until,
  said.pseudonym as pseudonym
from record
order by source, id
