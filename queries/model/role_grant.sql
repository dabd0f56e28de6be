/*
title: Role grants
grain: one row per person, role, scope and span
*/
select
  g.source,
  g.person,
  p.person_id,
  g.role,
  g.scope,
  g.granted_from,
  g.granted_until
from staging.files_role_grant as g
left join model.person_login as p on p.login = g.person and p.has_record
order by g.source, g.person, g.role, g.scope, g.granted_from, p.person_id
