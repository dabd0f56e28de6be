/*
title: Reconciliation of deployments and change requests, in both directions
grain: one row per direction and answer
rule: >
  From deployments (POP-01): does each lead to a change request that the ticket system has? From change requests (POP-02): does each that says it was implemented lead to a production deployment in
  its planned window? Each unit of the period is counted once in its direction; the answers add up to the population
version: 1
*/
with answer as (
  select
    r.control,
    case r.status
      when 'pass' then 'reconciled'
      when 'fail' then 'not reconciled'
      when 'unknown' then 'cannot be told'
      when 'exempt' then 'exempt'
      else case when r.is_not_due then 'not due yet' else 'not applicable' end
    end as answer,
    case r.status when 'pass' then 1 when 'fail' then 2 when 'unknown' then 3 when 'exempt' then 4 else case when r.is_not_due then 6 else 5 end end as position
  from controls.result as r
  where
    r.control in ('POP-01', 'POP-02')
    and r.occurred_at >= getvariable('period_from')
    and r.occurred_at < getvariable('period_until')
    and (len(getvariable('period_services')) = 0 or coalesce(list_contains(getvariable('period_services'), r.service), false))
)
select
  control,
  case control when 'POP-01' then 'from deployments to change requests' else 'from change requests to deployments' end as direction,
  position::bigint as position,
  answer,
  count(*)::bigint as units
from answer
group by control, position, answer
order by control, position
