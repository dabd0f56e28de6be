/*
title: Role grants from files
description: Who held which role when.
grain: one row per source and person, role, scope and granted_from
*/
with record as (
  select
    r.source,
    from_json(r.payload, '{"person": "VARCHAR", "role": "VARCHAR", "scope": "VARCHAR", "granted_from": "VARCHAR", "granted_until": "VARCHAR"}') as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'role_grant'
)
select
  source,
  said.person as person,
  said.role as role,
  said.scope as scope,
  staging.instant(said.granted_from) as granted_from,
  staging.instant(said.granted_until) as granted_until
from record
order by source, person, role, scope, granted_from
