/*
title: Adherence to controls
grain: one row per control, scope (the organisation, each service, each team) and month, and one for all time
audience: leadership
columns:
  control: Id of the control
  scope_kind: organisation, service or team
  scope: Name of the service or team; all for the organisation
  month: Month, yyyy-mm, in the organisation's time zone; null = all time
  passed: Units that pass
  failed: Units that fail
  unknown: Units that nobody can judge
  exempt: Units that would fail and are covered by an exemption
  not_applicable: Units in its scope that it does not concern
  not_due: Units for which it is not due yet
  outside_scope: Units that the configuration leaves out
  adherence_ratio: pass / (pass + fail + unknown), from 0 to 1; null where nothing was to be judged
  interval_low_ratio: Lower end of the 95 % interval (Wilson)
  interval_high_ratio: Upper end of the 95 % interval (Wilson)
*/
select
  control, scope_kind, scope, month, passed, failed, unknown, exempt, not_applicable, not_due, outside as outside_scope, rate as adherence_ratio, rate_low as interval_low_ratio,
  rate_high as interval_high_ratio
from controls.adherence
order by control, scope_kind, scope, month nulls first
