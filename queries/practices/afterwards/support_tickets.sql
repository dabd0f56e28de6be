/*
measure: support_tickets
title: Support tickets after a deployment
question: How often do users ask for help once something new is live?
rule: >
  Support tickets of a service written from a production deployment going live until the next one, for at most 7 days; of deployments for which that time is over, from the service's first support ticket on. A
  ticket is one by its kind, or by a label such as "support".
version: 1
unit: tickets
statistic: mean
better: lower
made_from: [ticket, deployment]
connect: a source of tickets of kind support, or with a label that says so, with their service and time would bring them
fact: deployment
facts: deployments
*/
with live as (
  select
    wave_id, service, live_at,
    least(coalesce(lead(live_at) over (partition by service order by live_at, wave_id), live_at + interval 7 day), live_at + interval 7 day) as until
  from model.wave
),
known as (
  select service, min(created_at) as first_at
  from model.support_ticket
  where service is not null
  group by service
),
counted as (
  select l.wave_id, l.service, l.live_at, count(t.ticket_id) as tickets
  from live as l
  join known as k on k.service = l.service and l.live_at >= k.first_at
  left join model.support_ticket as t on t.wave_id = l.wave_id and t.created_at < l.until
  where l.until <= getvariable('as_of')
  group by l.wave_id, l.service, l.live_at
)
select service, live_at as occurred_at, tickets as value, null as is_hit, wave_id as subject, null as cut
from counted
order by occurred_at, subject
