/*
title: Support tickets
grain: one row per ticket with which a user asked for help
rule: >
  Its kind is support, or a label says so: support, support-ticket, customer support and the like. It belongs to the deployment of its service that went live in production last before it was
  written, whatever it is about
version: 1
description: "`wave_id` is null where the service was not live yet, or the ticket names no service."
*/
with labelled as (
  select ticket_id, unnest(labels) as label
  from model.ticket
),
support as (
  select distinct ticket_id
  from labelled
  where regexp_matches(lower(label), '^((customer|user|client)[ _-]?)?support([ _-]?(ticket|case|request))?$')
  union
  select ticket_id
  from model.ticket
  where kind = 'support'
),
-- The waves of a service are numbered in time, and a ticket has the number of waves before it: no range is joined.
moment as (
  select service, live_at as happened_at, wave_id, null as ticket_id, 0 as place
  from model.wave
  union all
  select t.service, t.created_at as happened_at, null as wave_id, t.ticket_id, 1 as place
  from support as s
  join model.ticket as t on t.ticket_id = s.ticket_id
  where t.service is not null and t.created_at is not null
),
numbered as (
  select
    service, wave_id, ticket_id,
    count(wave_id) over (
      partition by service order by happened_at, place, wave_id, ticket_id rows between unbounded preceding and current row
    ) as waves_so_far
  from moment
),
live as (
  select t.ticket_id, w.wave_id
  from numbered as t
  join numbered as w on w.service = t.service and w.waves_so_far = t.waves_so_far and w.wave_id is not null
  where t.ticket_id is not null
)
select
  t.ticket_id,
  t.native_id,
  t.source,
  t.service,
  t.created_at,
  t.resolved_at,
  l.wave_id,
  t.url
from support as s
join model.ticket as t on t.ticket_id = s.ticket_id
left join live as l on l.ticket_id = t.ticket_id
order by t.ticket_id
