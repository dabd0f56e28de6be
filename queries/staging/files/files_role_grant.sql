/*
title: Role grants from files
description: Who held which role when.
grain: one row per source and person, role, scope and granted_from
*/
select
  r.source,
  r.payload ->> 'person' as person,
  r.payload ->> 'role' as role,
  r.payload ->> 'scope' as scope,
  try_cast(r.payload ->> 'granted_from' as timestamptz) as granted_from,
  try_cast(r.payload ->> 'granted_until' as timestamptz) as granted_until
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'role_grant'
order by r.source, person, role, scope, granted_from
