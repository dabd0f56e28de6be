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
live as (
  select wave_id, service, live_at, lead(live_at) over (partition by service order by live_at, wave_id) as until
  from model.wave
)
select
  t.ticket_id,
  t.native_id,
  t.source,
  t.service,
  t.created_at,
  t.resolved_at,
  w.wave_id,
  t.url
from support as s
join model.ticket as t on t.ticket_id = s.ticket_id
left join live as w on w.service = t.service and t.created_at >= w.live_at and (w.until is null or t.created_at < w.until)
order by t.ticket_id
