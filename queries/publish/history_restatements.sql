/*
title: Restatements
grain: one row per published figure and build that moved it
audience: leadership
description: What a build published and a later one says differently, with the reasons. Outside what an independent collection reproduces.
columns:
  publication: Number of the build that moved the figure
  from_publication: Number of the build that had published it
  as_of: As-of instant of the build that moved it
  from_as_of: As-of instant of the build that had published it
  metric: Name of the metric
  scope_kind: organisation, team or service
  scope: Name of the organisation, team or service
  period_kind: quarter, month or week
  period_start: First instant of the period
  period_end: First instant after the period
  period_label: The period in words
  unit: per day, seconds or ratio
  old_basis: Basis of the lead time that was published
  old_value: Value that was published
  old_n: Sample size that was published
  old_status: ok or no data, as was published
  new_basis: Basis of the lead time now
  new_value: Value now
  new_n: Sample size now
  new_status: ok or no data, now
  kinds: Kinds of reasons
  reasons: Why it moved
*/
select
  publication, from_publication, as_of, from_as_of, metric, scope_kind, scope, period_kind, period_start, period_end, period_label, unit, old_basis,
  old_value, old_n, old_status, new_basis, new_value, new_n, new_status, kinds, reasons
from reports.restatement
order by
  publication desc,
  case scope_kind when 'organisation' then 1 when 'team' then 2 else 3 end,
  scope,
  case period_kind when 'quarter' then 1 when 'month' then 2 else 3 end,
  period_start desc,
  metric
