/*
title: Tickets
grain: one row per ticket
*/
select
  t.source || ':' || t.id as ticket_id,
  t.id as native_id,
  t.source,
  t.kind,
  t.title,
  t.status,
  t.service,
  t.created_at,
  t.resolved_at,
  t.assignee,
  coalesce(t.labels, []) as labels,
  t.url
from staging.files_ticket as t
where t.created_at is null or t.created_at < getvariable('as_of')
order by ticket_id
