/*
title: Results of the period
grain: one row per control and unit of the period
rule: >
  A unit belongs to the period in which it happened and to its service. Sources are judged as they stand at as-of, whatever the period, and bear on every service. A unit of no service is
  left out where services were chosen. Of a framework, the controls that give evidence for one of its clauses
version: 1
parameters: [period_from, period_until, period_services, period_framework]
*/
select
  r.control,
  r.unit_kind,
  r.unit,
  r.service,
  r.teams,
  r.environment,
  r.occurred_at,
  r.month,
  r.status,
  r.is_not_due,
  r.severity,
  r.reason,
  r.unknown_words,
  r.evidence,
  r.findings,
  r.exemptions
from controls.result as r
where
  (
    r.unit_kind = 'source'
    or (
      r.occurred_at >= getvariable('period_from')
      and r.occurred_at < getvariable('period_until')
      and (len(getvariable('period_services')) = 0 or coalesce(list_contains(getvariable('period_services'), r.service), false))
    )
  )
  and (
    getvariable('period_framework') = ''
    or exists (select 1 from controls.control_clause as c where c.control = r.control and c.framework = getvariable('period_framework'))
  )
order by r.control, r.unit_kind, r.unit
