/*
title: Tickets with a regulatory deadline
grain: one row per ticket with a due date that a law, standard or order asks for
rule: >
  Its record says which, or one of its labels fits `tickets.regulatory_labels` of the configuration; the label that names one goes before the one that does not
version: 1
*/
with label as (
  select ticket_id, lower(trim(unnest(labels))) as label
  from model.ticket
),
marked as (
  select
    l.ticket_id,
    min(case when m.pattern like '%*' then nullif(trim(substr(l.label, length(m.pattern))), '') end) as named
  from label as l
  join staging.config_ticket_mark as m on m.kind = 'regulatory label' and l.label glob m.pattern
  group by l.ticket_id
)
select
  t.ticket_id,
  t.service,
  t.due_on,
  t.resolved_at,
  coalesce(t.regulation, m.named, 'not named') as regulation
from model.ticket as t
left join marked as m on m.ticket_id = t.ticket_id
where t.due_on is not null and (t.regulation is not null or m.ticket_id is not null)
order by t.ticket_id
