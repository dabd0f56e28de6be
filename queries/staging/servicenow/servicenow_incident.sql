/*
title: Incidents of ServiceNow
description: Resolved at some time only while its state is one of the source's `resolved_states`. `is_cancelled`, it was none after all.
grain: one row per source and id
*/
with said as (
  select
    source,
    id,
    arg_min(display, position) filter (where what = 'title') as title,
    arg_min(display, position) filter (where what = 'severity') as severity,
    arg_min(display, position) filter (where what = 'classification') as classification,
    arg_min(value, position) filter (where what = 'status') as state,
    arg_min(display, position) filter (where what = 'status') as status,
    arg_min("at", position) filter (where what = 'started_at') as started_at,
    arg_min("at", position) filter (where what = 'detected_at') as detected_at,
    arg_min("at", position) filter (where what = 'acknowledged_at') as acknowledged_at,
    arg_min("at", position) filter (where what = 'mitigated_at') as mitigated_at,
    arg_min("at", position) filter (where what = 'resolved_at') as resolved_at,
    string_agg(display, ',' order by position) filter (where what = 'caused_by') as caused_by,
    arg_min(display, position) filter (where what = 'cause') as cause,
    arg_min(display, position) filter (where what = 'problem') as problem,
    arg_min(display, position) filter (where what = 'change_request') as change_request
  from staging.servicenow_value
  where stream = 'incident'
  group by source, id
)
select
  r.source,
  n.number as id,
  j.service,
  s.title,
  s.severity,
  s.classification,
  coalesce(s.started_at, r.created_at) as started_at,
  coalesce(s.detected_at, r.created_at) as detected_at,
  s.acknowledged_at,
  s.mitigated_at,
  case when list_contains(from_json(o.options -> '$.incident.resolved_states', '["VARCHAR"]'), s.state) then s.resolved_at end as resolved_at,
  list_filter(list_transform(string_split(s.caused_by, ','), lambda one: trim(one)), lambda one: one <> '') as caused_by,
  s.cause,
  o.options ->> '$.url' || '/nav_to.do?uri=incident.do%3Fsys_id%3D' || r.id as url,
  cast(null as varchar) as environment,
  r.id as sys_id,
  j.item,
  s.status,
  s.problem,
  s.change_request,
  coalesce(list_contains(from_json(o.options -> '$.incident.cancelled_states', '["VARCHAR"]'), s.state), false) as is_cancelled
from staging.servicenow_record as r
join staging.source as o on o.source = r.source
join staging.servicenow_number as n on n.source = r.source and n.stream = r.stream and n.id = r.id
left join said as s on s.source = r.source and s.id = r.id
left join staging.servicenow_subject as j on j.source = r.source and j.stream = r.stream and j.id = r.id
where r.stream = 'incident'
order by r.source, n.number
