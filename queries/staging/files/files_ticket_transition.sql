/*
title: Ticket transitions from files
description: One step in the history of a ticket.
grain: one row per source and ticket, at and to_status
*/
select
  r.source,
  r.payload ->> 'ticket' as ticket,
  try_cast(r.payload ->> 'at' as timestamptz) as "at",
  r.payload ->> 'from_status' as from_status,
  r.payload ->> 'to_status' as to_status,
  r.payload ->> 'actor' as actor
from raw.current as r
join staging.source as s on s.source = r.source
where s.collector = 'files' and r.stream = 'ticket_transition'
order by r.source, ticket, "at", to_status
