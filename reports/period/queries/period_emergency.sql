/*
title: Register of emergency changes
grain: one row per change request of type emergency filed in the period
version: 1
*/
select
  e.change_request_id,
  e.service,
  e.service_title,
  e.title,
  e.occurred_at,
  q.deployments,
  e.genuine_status,
  e.genuine_reason,
  e.review_status,
  e.is_review_not_due,
  e.review_reason,
  e.url
from reports.site_emergency as e
join controls.filed_request as q on q.change_request_id = e.change_request_id
where
  e.occurred_at >= getvariable('period_from')
  and e.occurred_at < getvariable('period_until')
  and (len(getvariable('period_services')) = 0 or coalesce(list_contains(getvariable('period_services'), e.service), false))
order by e.occurred_at, e.change_request_id
