/*
measure: regulatory_on_time
title: Regulatory deadlines met
question: What share of what a regulation asks for is done by its due day?
rule: >
  Tickets with a due day that is over and a mark that a law, standard or order asks for them, by that day; a hit where the ticket was resolved by the end of it. One that is still open is late.
version: 1
unit: ratio
statistic: share
better: higher
made_from: [ticket]
connect: tickets with a due day and a regulation, or one of the labels of `tickets.regulatory_labels`, would bring them
fact: regulatory deadline
facts: regulatory deadlines
cut: regulation
*/
select
  service,
  timezone(getvariable('time_zone'), due_on::timestamp) as occurred_at,
  null as value,
  coalesce(timezone(getvariable('time_zone'), case when resolved_at < getvariable('as_of') then resolved_at end)::date <= due_on, false) as is_hit,
  ticket_id as subject,
  regulation as cut
from practices.regulatory_ticket
where due_on < timezone(getvariable('time_zone'), getvariable('as_of')::timestamptz)::date
order by occurred_at, subject
