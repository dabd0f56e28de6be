/*
title: Exemptions, what they cover and how old they are
grain: one row per exemption
rule: >
  Void where EXC-01's form finds a problem; else by as-of: not begun, in force or ended. Days are those since it began and until it ends, to the end of ended ones
*/
with covered as (
  select control, unnest(exemptions) as exemption_id, month
  from controls.result
  where status = 'exempt'
),
covers as (
  select exemption_id, count(*) as units
  from covered
  group by exemption_id
),
refused as (
  select exemption_id, count(*) as units
  from controls.exemption_match
  where refusal is not null
  group by exemption_id
)
select
  row_number() over (order by e.valid_until desc nulls first, e.exemption_id) as position,
  e.exemption_id,
  e.control,
  c.title as control_title,
  e.scope,
  e.reason,
  e.compensating_control,
  w.shown_as as approver,
  e.approver is not null as has_approver,
  e.valid_from,
  e.valid_until,
  f.problems,
  case
    when len(f.problems) > 0 then 'void'
    when getvariable('as_of') < e.valid_from then 'not begun'
    when getvariable('as_of') >= e.valid_until then 'ended'
    else 'in force'
  end as state,
  date_diff('day', e.valid_from, least(e.valid_until, getvariable('as_of')))::bigint as age_days,
  date_diff('day', getvariable('as_of'), e.valid_until)::bigint as days_left,
  coalesce(k.units, 0)::bigint as covered_units,
  coalesce(r.units, 0)::bigint as refused_units
from model.exemption as e
join controls.exemption_form as f on f.exemption_id = e.exemption_id
left join controls.control as c on c.control = e.control
left join model.actor as w on w.login = e.approver
left join covers as k on k.exemption_id = e.exemption_id
left join refused as r on r.exemption_id = e.exemption_id
order by position
