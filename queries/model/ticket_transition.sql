/*
title: History of tickets
grain: one row per step of a ticket
*/
with reported as (
  select
    source, ticket, "at", from_status, to_status, actor
  from staging.files_ticket_transition
  union all
  select
    source, ticket, "at", from_status, to_status, actor
  from staging.events_ticket_transition
  union all
  select
    source, ticket, "at", from_status, to_status, actor
  from staging.jira_ticket_transition
)
select
  t.ticket_id,
  s."at" as occurred_at,
  s.from_status,
  s.to_status,
  s.actor
from reported as s
join model.ticket as t on t.source = s.source and t.native_id = s.ticket
where s."at" < getvariable('as_of')
order by t.ticket_id, occurred_at, s.to_status
