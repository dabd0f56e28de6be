/*
title: History of change requests
grain: one row per step of a change request
*/
with reported as (
  select source, ticket, "at", from_status, to_status, actor
  from staging.files_ticket_transition
  union all
  select source, ticket, "at", from_status, to_status, actor
  from staging.events_ticket_transition
  union all
  select source, ticket, "at", from_status, to_status, actor
  from staging.jira_ticket_transition
)
select r.change_request_id, s."at" as occurred_at, s.from_status, s.to_status, s.actor
from reported as s
join model.change_request as r on r.source = s.source and r.native_id = s.ticket
where s."at" < getvariable('as_of')
order by r.change_request_id, occurred_at, s.to_status, s.from_status, s.actor
