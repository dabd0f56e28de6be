/*
title: Teams, services and applications against the rest
grain: one row per team, service and application with a deployment of known outcome
description: >
  Over the whole history. An application is what several services that are built from one repository make up. A team has a service's deployments of the days on which it owned it. `without` counts all other deployments of the organisation.
*/
with everything as (
  select known as n, known_failed as failed
  from metrics.scope_outcome
  where scope_kind = 'organisation' and period_kind = 'all'
),
counted as (
  select scope_kind, scope, known, known_failed
  from metrics.scope_outcome
  where scope_kind in ('team', 'service') and period_kind = 'all'
  union all
  select 'application' as scope_kind, s.repository as scope, sum(o.known)::bigint as known, sum(o.known_failed)::bigint as known_failed
  from metrics.scope_outcome as o
  join model.service as s on s.service = o.scope
  where o.scope_kind = 'service' and o.period_kind = 'all' and s.repository is not null
  group by s.repository
  having count(*) > 1
)
select
  o.scope_kind,
  o.scope,
  o.known as with_n,
  o.known_failed as with_failed,
  e.n - o.known as without_n,
  e.failed - o.known_failed as without_failed
from counted as o
cross join everything as e
where o.known > 0
order by o.scope_kind, o.scope
