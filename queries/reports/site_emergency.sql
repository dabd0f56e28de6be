/*
title: Emergency changes
grain: one row per change request of type emergency
description: What EMG-01 (genuine and authorised) and EMG-02 (reviewed afterwards) say of it; null where that control is switched off.
*/
select
  row_number() over (order by q.occurred_at desc nulls last, q.change_request_id) as position,
  q.change_request_id,
  q.service,
  coalesce(s.title, q.service) as service_title,
  m.title,
  m.url,
  q.occurred_at,
  strftime(timezone(getvariable('time_zone'), q.occurred_at), '%Y-%m') as month,
  len(q.deployments)::bigint as deployments,
  g.status as genuine_status,
  g.reason as genuine_reason,
  v.status as review_status,
  coalesce(v.is_not_due, false) as is_review_not_due,
  v.reason as review_reason
from controls.filed_request as q
join model.change_request as m on m.change_request_id = q.change_request_id
left join model.service as s on s.service = q.service
left join controls.result as g on g.control = 'EMG-01' and g.unit_kind = 'change_request' and g.unit = q.change_request_id
left join controls.result as v on v.control = 'EMG-02' and v.unit_kind = 'change_request' and v.unit = q.change_request_id
where q.type = 'emergency'
order by position
