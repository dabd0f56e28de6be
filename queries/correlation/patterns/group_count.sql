/*
title: Teams and services against the rest
grain: one row per team and service with a deployment of known outcome
description: >
  Over the whole history. A team has a service's deployments of the days on which it owned it. `without` counts all other deployments of the organisation.
*/
with everything as (
  select known as n, known_failed as failed
  from metrics.scope_outcome
  where scope_kind = 'organisation' and period_kind = 'all'
)
select
  o.scope_kind,
  o.scope,
  o.known as with_n,
  o.known_failed as with_failed,
  e.n - o.known as without_n,
  e.failed - o.known_failed as without_failed
from metrics.scope_outcome as o
cross join everything as e
where o.scope_kind in ('team', 'service') and o.period_kind = 'all' and o.known > 0
order by o.scope_kind, o.scope
