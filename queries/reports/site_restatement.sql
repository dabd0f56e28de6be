/*
title: Restatements on pages
grain: one row per published figure and publication that moved it, the two hundred newest
description: >
  Organisation before teams before services, quarters before months before weeks. `figures` counts all.
*/
with ranked as (
  select
    publication, as_of, from_as_of, metric, scope_kind, scope, period_kind, period_start, period_label, unit, old_basis, old_value, old_n,
    old_status, new_basis, new_value, new_n, new_status, kinds, reasons,
    row_number() over (
      order by
        publication desc,
        case scope_kind when 'organisation' then 1 when 'team' then 2 else 3 end,
        case period_kind when 'quarter' then 1 when 'month' then 2 else 3 end,
        scope, period_start desc, metric
    ) as position,
    count(*) over () as figures
  from reports.restatement
)
select
  position, figures, publication, as_of, from_as_of, metric, scope_kind, scope, period_kind, period_start, period_label, unit, old_basis, old_value,
  old_n, old_status, new_basis, new_value, new_n, new_status, kinds, reasons
from ranked
where position <= 200
order by position
