/*
title: Ticket transitions from files
description: One step in the history of a ticket.
grain: one row per source and ticket, at and to_status
*/
with record as (
  select
    r.source,
    from_json(r.payload, '{"ticket": "VARCHAR", "at": "VARCHAR", "from_status": "VARCHAR", "to_status": "VARCHAR", "actor": "VARCHAR"}') as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'ticket_transition'
)
select
  source,
  said.ticket as ticket,
  staging.instant(said."at") as "at",
  said.from_status as from_status,
  said.to_status as to_status,
  said.actor as actor
from record
order by source, ticket, "at", to_status
