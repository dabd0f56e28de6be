/*
title: Exemptions, what they cover and how old they are
grain: one row per exemption
rule: >
  Void where EXC-01's form finds a problem; else by as-of: not begun, in force or ended. Days are those since it began and until it ends, to the end of ended ones
description: "`list_page` = the page that lists it: an exemption weighs 300 and the characters of its words, a page 24,000."
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
),
refusal_count as (
  select exemption_id, refusal, count(*) as units
  from controls.exemption_match
  where refusal is not null
  group by exemption_id, refusal
),
refusal as (
  select exemption_id, list(refusal order by units desc, refusal) as reasons, list(units order by units desc, refusal) as reason_units
  from refusal_count
  group by exemption_id
),
placed as (
  select e.exemption_id, min({'wave_id': d.wave_id, 'service': d.service, 'month': p.month, 'page': p.page}) as place
  from model.exemption as e
  join controls.production_deployment as d on d.deployment_id = e.scope or substring(d.deployment_id, strpos(d.deployment_id, ':') + 1) = e.scope
  join reports.site_wave_place as p on p.wave_id = d.wave_id
  group by e.exemption_id
),
stated as (
  select
    e.exemption_id,
    case
      when len(f.problems) > 0 then 'void'
      when getvariable('as_of') < e.valid_from then 'not begun'
      when getvariable('as_of') >= e.valid_until then 'ended'
      else 'in force'
    end as state
  from model.exemption as e
  join controls.exemption_form as f on f.exemption_id = e.exemption_id
),
numbered as (
  select
    e.exemption_id,
    row_number() over (
      order by case t.state when 'in force' then 1 when 'not begun' then 2 when 'ended' then 3 else 4 end, e.valid_until desc nulls first, e.exemption_id
    ) as position,
    300 + coalesce(length(e.reason), 0) + coalesce(length(e.compensating_control), 0) as weight
  from model.exemption as e
  join stated as t on t.exemption_id = e.exemption_id
),
weighed as (
  select exemption_id, position, sum(weight) over (order by position rows between unbounded preceding and current row) - weight as weight_before
  from numbered
),
listed as (
  select exemption_id, position, dense_rank() over (order by weight_before // 24000) as list_page
  from weighed
)
select
  p.position,
  p.list_page,
  e.exemption_id,
  e.control,
  c.title as control_title,
  e.scope,
  e.reason,
  e.compensating_control,
  w.shown_as as approver,
  e.approver is not null as has_approver,
  b.shown_as as requested_by,
  e.requested_by is not null as has_requester,
  e.approved_at,
  e.approved_at > e.valid_from as is_back_dated,
  e.valid_from,
  e.valid_until,
  f.problems,
  t.state,
  date_diff('day', e.valid_from, least(e.valid_until, getvariable('as_of')))::bigint as age_days,
  date_diff('day', getvariable('as_of'), e.valid_until)::bigint as days_left,
  coalesce(k.units, 0)::bigint as covered_units,
  coalesce(r.units, 0)::bigint as refused_units,
  coalesce(z.reasons, []) as refusals,
  coalesce(z.reason_units, []) as refusal_units,
  l.place.service as entry_service,
  l.place.wave_id as entry_id,
  l.place.month as month,
  l.place.page as page
from model.exemption as e
join controls.exemption_form as f on f.exemption_id = e.exemption_id
left join controls.control as c on c.control = e.control
left join model.actor as w on w.login = e.approver
left join model.actor as b on b.login = e.requested_by
join stated as t on t.exemption_id = e.exemption_id
join listed as p on p.exemption_id = e.exemption_id
left join refusal as z on z.exemption_id = e.exemption_id
left join placed as l on l.exemption_id = e.exemption_id
left join covers as k on k.exemption_id = e.exemption_id
left join refused as r on r.exemption_id = e.exemption_id
order by p.position
