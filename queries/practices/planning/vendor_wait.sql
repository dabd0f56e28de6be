/*
measure: vendor_wait
title: Wait for vendors
question: How long does work wait for somebody outside?
rule: >
  All spells in which a ticket waited for a vendor, added up, of tickets that wait no longer; by the end of the last. A spell is a status that the configuration calls so, or a record of its own.
version: 1
unit: seconds
statistic: median
better: lower
made_from: [ticket_transition, vendor_wait]
connect: tickets with a status such as "waiting for vendor" and their history, or a file of such waits, would bring them
fact: ticket that waited
facts: tickets that waited
cut: vendor
*/
select
  t.service,
  max(w.ended_at) as occurred_at,
  sum(date_diff('second', w.started_at, w.ended_at)) as value,
  null as is_hit,
  w.ticket_id as subject,
  coalesce(min(w.vendor), 'not named') as cut
from model.vendor_wait as w
left join model.ticket as t on t.ticket_id = w.ticket_id
group by w.ticket_id, t.service
having count(*) = count(w.ended_at)
order by occurred_at, subject
