/*
title: Exemptions
grain: one row per exemption
audience: leadership
columns:
  exemption_id: Identifier of the exemption
  control: Control that is waived
  scope: Unit, service, team or environment that it is for
  state: in force, not begun, ended, or void where it does not hold as it is written
  problems: Why it is void
  reason: Why it was given, as recorded
  compensating_control: What is done instead, as recorded
  approver: Who allowed it; empty where people are hidden
  requested_by: Who asked for it; empty where people are hidden
  approved_at: When it was allowed
  valid_from: When it begins
  valid_until: When it ends
  covered_units: Units that are exempt by it
  refused_units: Units that fail though it names them
*/
select
  exemption_id, control, scope, state, problems, reason, compensating_control, approver, requested_by, approved_at, valid_from, valid_until, covered_units, refused_units
from reports.site_exemption
order by position
