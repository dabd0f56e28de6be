/*
title: What fails and what is exempt
grain: one row per control and unit that fails or is exempt
audience: leadership
part: control
columns:
  control: Id of the control
  status: fail or exempt
  unit_kind: deployment, change_request, release, incident, source, period or exemption
  unit: Identifier of the unit
  service: Service of the unit; null where it has none
  environment: Environment of the unit; null where it has none
  occurred_at: When the unit happened
  severity: critical, high, medium or low, as configured
  reason: What was found, in words
  evidence: Identifiers of the records that it was judged by
  exemptions: Exemptions that cover it
*/
select control, status, unit_kind, unit, service, environment, occurred_at, severity, reason, evidence, exemptions
from controls.result
where status in ('fail', 'exempt')
order by control, status desc, occurred_at desc nulls last, unit_kind, unit
