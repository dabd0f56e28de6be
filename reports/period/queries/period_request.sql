/*
title: Change requests of the period
grain: one row per change request filed in the period
description: With the production deployments that go by it, of themselves or by a change in them, and what POP-02 says of it; null where that is switched off.
version: 1
*/
select
  q.change_request_id,
  r.native_id,
  q.service,
  r.title,
  q.type,
  q.risk,
  r.status,
  q.occurred_at,
  r.planned_start,
  r.planned_end,
  q.begun_at as deployed_at,
  q.closed_at,
  q.deployments,
  p.status as reconciled,
  p.reason as reconciled_reason,
  r.url
from controls.filed_request as q
join model.change_request as r on r.change_request_id = q.change_request_id
left join controls.result as p on p.control = 'POP-02' and p.unit_kind = 'change_request' and p.unit = q.change_request_id
where
  q.occurred_at >= getvariable('period_from')
  and q.occurred_at < getvariable('period_until')
  and (len(getvariable('period_services')) = 0 or coalesce(list_contains(getvariable('period_services'), q.service), false))
order by q.occurred_at, q.change_request_id
