/*
title: What the configuration leaves out of controls
grain: one row per set of controls that judge the same services, by the same decision
rule: A service is judged by a control if any of its units lies in the control's scope, and left out if all of them lie outside
description: Only controls whose scope leaves something out. `units` are results that the scope leaves out.
*/
with placed as (
  select
    a.control,
    coalesce(s.title, a.scope) as title,
    a.outside = a.units as is_outside
  from controls.adherence as a
  left join model.service as s on s.service = a.scope
  where a.scope_kind = 'service' and a.month is null
),
listed as (
  select
    control,
    coalesce(list_sort(list(title) filter (where not is_outside)), []) as judged_services,
    coalesce(list_sort(list(title) filter (where is_outside)), []) as outside_services
  from placed
  group by control
),
scoped as (
  select
    c.control, c.family, a.outside as units, a.units - a.outside as units_inside, c.decided_because, c.decided_by, c.decided_since,
    coalesce(l.judged_services, []) as judged_services,
    coalesce(l.outside_services, []) as outside_services
  from controls.control as c
  join controls.adherence as a on a.control = c.control and a.scope_kind = 'organisation' and a.month is null
  left join listed as l on l.control = c.control
  where a.outside > 0
),
gathered as (
  select
    judged_services,
    outside_services,
    decided_because,
    decided_by,
    decided_since,
    list(control order by family, control) as controls,
    sum(units) as units,
    sum(units_inside) as units_inside
  from scoped
  group by judged_services, outside_services, decided_because, decided_by, decided_since
)
select
  row_number() over (order by len(controls) desc, controls) as position,
  controls,
  judged_services,
  outside_services,
  units::bigint as units,
  units_inside::bigint as units_inside,
  decided_because,
  case when getvariable('people') = 'names' then decided_by end as decided_by,
  decided_by is not null as has_decider,
  decided_since
from gathered
order by position
