/*
title: Ticket transitions from events
description: An event that gives a ticket another status than it had.
grain: one row per source and ticket, at and to_status
*/
with step as (
  select
    source,
    id as ticket,
    "at",
    lag(status) over (partition by source, id order by "at", event_key) as from_status,
    status as to_status,
    actor,
    event_key
  from staging.events_ticket_step
  where status is not null
),
ranked as (
  select *, row_number() over (partition by source, ticket, "at", to_status order by event_key) as choice
  from step
  where from_status is distinct from to_status
)
select source, ticket, "at", from_status, to_status, actor
from ranked
where choice = 1
order by source, ticket, "at", to_status
