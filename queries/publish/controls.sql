/*
title: Controls
grain: one row per control that is switched on
audience: leadership
description: Questions of the process, with all counts over all time.
columns:
  control: Id of the control
  family: What it is about
  title: Its name
  question: What it asks
  severity: critical, high, medium or low, as configured
  owner: Who answers for the rule
  version: Version of the rule
  is_local_rule: True for a control of the organisation's own
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
  coverage_ratio: Share of what was to be judged that is not unknown
*/
select
  control, family, title, question, severity, owner, version, is_local as is_local_rule, passed, failed, unknown, exempt, not_applicable, not_due, outside as outside_scope,
  rate as adherence_ratio, rate_low as interval_low_ratio, rate_high as interval_high_ratio, control_coverage as coverage_ratio
from reports.site_control
order by control
