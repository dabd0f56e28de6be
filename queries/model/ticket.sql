/*
title: Tickets
grain: one row per ticket
description: "`regulation`: the law, standard or order that asks for it, as its source says; labels are another place (practices.regulatory_ticket)."
*/
with reported as (
  select
    source, id, kind, title, status, service, created_at, resolved_at, assignee, labels, due_on, regulation, url
  from staging.files_ticket
  union all
  select
    source, id, kind, title, status, service, created_at, resolved_at, assignee, labels, due_on, regulation, url
  from staging.events_ticket
  union all
  select
    source, id, kind, title, status, service, created_at, resolved_at, assignee, labels, null::date as due_on, null as regulation, url
  from staging.github_ticket
  union all
  select
    source, id, kind, title, status, service, created_at, resolved_at, assignee, labels, due_on, null as regulation, url
  from staging.gitlab_ticket
  union all
  select
    source, id, kind, title, status, service, created_at, resolved_at, assignee, labels, due_on, regulation, url
  from staging.jira_ticket
)
select
  t.source || ':' || t.id as ticket_id,
  t.id as native_id,
  t.source,
  t.kind,
  t.title,
  t.status,
  t.service,
  t.created_at,
  t.resolved_at,
  t.assignee,
  coalesce(t.labels, []) as labels,
  t.due_on,
  t.regulation,
  t.url
from reported as t
where t.created_at is null or t.created_at < getvariable('as_of')
order by ticket_id
