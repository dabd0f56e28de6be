/*
title: Decisions on change requests of ServiceNow
description: >
  What is approved or rejected now. ServiceNow keeps no time of the decision: where no field is configured for it, it is that of the last update, and
  `is_derived`.
grain: one row per source and id
*/
with said as (
  select
    source,
    id,
    arg_min(value, position) filter (where what = 'change_request') as request_id,
    arg_min(display, position) filter (where what = 'change_request') as request_number,
    arg_min(display, position) filter (where what = 'approver') as approver,
    arg_min(display, position) filter (where what = 'role') as role,
    arg_min(lower(value), position) filter (where what = 'decision') as decision,
    arg_min("at", position) filter (where what = 'decided_at') as decided_at,
    arg_min(display, position) filter (where what = 'justification') as justification
  from staging.servicenow_value
  where stream = 'sysapproval_approver'
  group by source, id
)
select
  r.source,
  r.id,
  r.source || ':' || coalesce(n.number, s.request_number) as change_request,
  s.approver,
  s.role,
  s.decision,
  coalesce(s.decided_at, r.updated_at) as decided_at,
  s.decided_at is null as is_derived,
  s.justification
from staging.servicenow_record as r
join said as s on s.source = r.source and s.id = r.id
left join staging.servicenow_number as n on n.source = s.source and n.stream = 'change_request' and n.id = s.request_id
where r.stream = 'sysapproval_approver' and s.decision in ('approved', 'rejected')
order by r.source, r.id
