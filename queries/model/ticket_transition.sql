/*
title: History of tickets
grain: one row per step of a ticket
*/
select
  t.ticket_id,
  s."at" as occurred_at,
  s.from_status,
  s.to_status,
  s.actor
from staging.files_ticket_transition as s
join model.ticket as t on t.source = s.source and t.native_id = s.ticket
where s."at" < getvariable('as_of')
order by t.ticket_id, occurred_at, s.to_status
