/*
title: Register of exemptions
grain: one row per exemption that holds at some time of the period, says no time, or covers a unit of the period
description: "`covered_units` are the units of the period that it makes exempt."
version: 1
*/
with named as (
  select control, unnest(exemptions) as exemption_id
  from period_result
  where status = 'exempt'
),
covers as (
  select exemption_id, count(*) as units
  from named
  group by exemption_id
)
select
  e.exemption_id,
  e.control,
  e.control_title,
  e.scope,
  e.reason,
  e.compensating_control,
  case when e.has_approver then coalesce(e.approver, 'withheld') end as approver,
  e.valid_from,
  e.valid_until,
  e.state,
  e.problems,
  coalesce(c.units, 0)::bigint as covered_units
from reports.site_exemption as e
left join covers as c on c.exemption_id = e.exemption_id
where
  c.exemption_id is not null
  or (
    coalesce(e.valid_from < getvariable('period_until'), true)
    and coalesce(e.valid_until > getvariable('period_from'), true)
    and (
      len(getvariable('period_services')) = 0
      or list_contains(getvariable('period_services'), e.scope)
      or not exists (select 1 from model.service as s where s.service = e.scope)
    )
  )
order by e.valid_from nulls first, e.exemption_id
