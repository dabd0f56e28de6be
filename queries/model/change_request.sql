/*
title: Change requests
grain: one row per ticket that authorises a change
*/
select
  r.source || ':' || r.id as change_request_id,
  r.id as native_id,
  r.source,
  r.title,
  r.type,
  r.risk,
  r.service,
  r.status,
  r.requested_by,
  r.created_at,
  r.planned_start,
  r.planned_end,
  r.rollback_plan,
  r.test_plan,
  r.review_at,
  r.closed_at,
  coalesce(r.incidents, []) as incidents,
  r.url
from staging.files_change_request as r
where r.created_at is null or r.created_at < getvariable('as_of')
order by change_request_id
