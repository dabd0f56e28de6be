/*
title: Restatements
grain: one row per published figure and build that moved it
description: What a build published and a later one says differently, with the reasons. Outside what an independent collection reproduces.
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
