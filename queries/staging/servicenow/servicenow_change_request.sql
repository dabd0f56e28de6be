/*
title: Change requests of ServiceNow
description: >
  Risk: 1 and 2 are high, 3 is medium, 4 is low; a risk of another kind keeps its words. Incidents are those that name the request as what is to mend
  them, and those that the request names.
grain: one row per source and id
*/
with said as (
  select
    source,
    id,
    arg_min(display, position) filter (where what = 'title') as title,
    arg_min(display, position) filter (where what = 'description') as description,
    arg_min(display, position) filter (where what = 'reason') as reason,
    arg_min(display, position) filter (where what = 'impact') as impact,
    -- A list has a comma between its values too; in the name of a single item it is a part of the name.
    arg_min(case when contains(value, ',') then string_split(display, ',') else [display] end, position)
      filter (where what = 'affected_items') as affected_items,
    arg_min(display, position) filter (where what = 'owner') as owner,
    arg_min(display, position) filter (where what = 'template') as template,
    arg_min(lower(value), position) filter (where what = 'type') as type,
    arg_min(value, position) filter (where what = 'risk') as risk_value,
    arg_min(lower(display), position) filter (where what = 'risk') as risk,
    arg_min(display, position) filter (where what = 'status') as status,
    arg_min(display, position) filter (where what = 'requested_by') as requested_by,
    arg_min("at", position) filter (where what = 'created_at') as created_at,
    arg_min("at", position) filter (where what = 'planned_start') as planned_start,
    arg_min("at", position) filter (where what = 'planned_end') as planned_end,
    arg_min(display, position) filter (where what = 'rollback_plan') as rollback_plan,
    arg_min(display, position) filter (where what = 'test_plan') as test_plan,
    arg_min("at", position) filter (where what = 'review_at') as review_at,
    arg_min(display, position) filter (where what = 'review_status') as review_status,
    arg_min("at", position) filter (where what = 'closed_at') as closed_at,
    arg_min(display, position) filter (where what = 'close_code') as close_code,
    arg_min(display, position) filter (where what = 'approval') as approval,
    arg_min(display, position) filter (where what = 'board_decision') as board_decision
  from staging.servicenow_value
  where stream = 'change_request'
  group by source, id
),
answered as (
  select v.source, v.value as id, n.number as incident
  from staging.servicenow_value as v
  join staging.servicenow_number as n on n.source = v.source and n.stream = v.stream and n.id = v.id
  where v.stream = 'incident' and v.what = 'change_request'
  union
  select source, id, trim(unnest(string_split(display, ','))) as incident
  from staging.servicenow_value
  where stream = 'change_request' and what = 'incidents'
),
incident as (
  select source, id, array_agg(incident order by incident) as incidents
  from answered
  where incident <> ''
  group by source, id
)
select
  r.source,
  n.number as id,
  s.title,
  s.type,
  case
    when s.risk_value in ('1', '2') then 'high'
    when s.risk_value = '3' then 'medium'
    when s.risk_value = '4' then 'low'
    when s.risk = 'moderate' then 'medium'
    else s.risk
  end as risk,
  j.service,
  s.status,
  s.requested_by,
  coalesce(s.created_at, r.created_at) as created_at,
  s.planned_start,
  s.planned_end,
  s.rollback_plan,
  s.test_plan,
  s.review_at,
  s.closed_at,
  i.incidents,
  o.options ->> '$.url' || '/nav_to.do?uri=change_request.do%3Fsys_id%3D' || r.id as url,
  r.id as sys_id,
  j.item,
  s.description,
  s.reason,
  s.impact,
  list_filter(list_transform(s.affected_items, lambda item: trim(item)), lambda item: item <> '') as affected_items,
  s.owner,
  s.template,
  s.approval,
  s.close_code,
  s.review_status,
  s.board_decision
from staging.servicenow_record as r
join staging.source as o on o.source = r.source
join staging.servicenow_number as n on n.source = r.source and n.stream = r.stream and n.id = r.id
left join said as s on s.source = r.source and s.id = r.id
left join staging.servicenow_subject as j on j.source = r.source and j.stream = r.stream and j.id = r.id
left join incident as i on i.source = r.source and i.id = r.id
where r.stream = 'change_request'
order by r.source, n.number
