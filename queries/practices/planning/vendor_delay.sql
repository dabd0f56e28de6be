/*
measure: vendor_delay
title: Lead time lost to vendors
question: How much of the lead time of a change that waited for a vendor was that wait?
rule: >
  Of changes that reached production and name a ticket that waited for a vendor between the start of their lead time and going live: the time of it that the ticket waited, where several waited the
  longest. It lies within the stages of lead time, not beside them.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [change, deployment, ticket, ticket_transition, vendor_wait]
connect: changes that name tickets, and tickets with a status such as "waiting for vendor" or a file of such waits, would bring them
fact: change that waited
facts: changes that waited
cut: vendor
*/
with named as (
  select change_id, unnest(tickets) as reference
  from model.change
),
tied as (
  select n.change_id, t.ticket_id
  from named as n
  join model.ticket as t on t.native_id = n.reference
  union
  select n.change_id, t.ticket_id
  from named as n
  join model.ticket as t on t.ticket_id = n.reference
),
waited as (
  select
    f.service,
    f.change_id,
    f.filed_at,
    i.ticket_id,
    sum(
      date_diff(
        'second',
        greatest(w.started_at, f.filed_at - to_seconds(f.lead_seconds)),
        least(coalesce(w.ended_at, f.filed_at), f.filed_at)
      )
    ) as waited_seconds,
    min(w.vendor) as vendor
  from tied as i
  join model.vendor_wait as w on w.ticket_id = i.ticket_id
  join metrics.lead_time_fact as f on f.change_id = i.change_id
  where w.started_at < f.filed_at and coalesce(w.ended_at > f.filed_at - to_seconds(f.lead_seconds), true)
  group by f.service, f.change_id, f.filed_at, i.ticket_id
),
ranked as (
  select *, row_number() over (partition by service, change_id order by waited_seconds desc, ticket_id) as choice
  from waited
)
select
  service,
  filed_at as occurred_at,
  waited_seconds as value,
  null as is_hit,
  change_id as subject,
  coalesce(vendor, 'not named') as cut
from ranked
where choice = 1
order by occurred_at, subject, service
