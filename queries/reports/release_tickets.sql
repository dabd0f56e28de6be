/*
title: Tickets of releases
grain: one row per release and ticket that one of its changes names
description: A name that is not among the collected tickets stays as it was written, without title and status.
*/
with named as (
  select service, version, change_id, unnest(tickets) as reference
  from reports.release_changes
),
reference as (
  select service, version, reference, count(distinct change_id) as changes
  from named
  where reference <> ''
  group by service, version, reference
),
candidate as (
  select r.reference, t.ticket_id
  from (select distinct reference from reference) as r
  join model.ticket as t on t.native_id = r.reference
  union
  select r.reference, t.ticket_id
  from (select distinct reference from reference) as r
  join model.ticket as t on t.ticket_id = r.reference
),
resolved as (
  select reference, min(ticket_id) as ticket_id
  from candidate
  group by reference
)
select
  r.service,
  r.version,
  r.reference,
  t.ticket_id is not null as is_known,
  t.kind,
  t.title,
  t.status,
  t.created_at,
  t.resolved_at,
  r.changes,
  t.url
from reference as r
left join resolved as s on s.reference = r.reference
left join model.ticket as t on t.ticket_id = s.ticket_id
order by r.service, r.version, r.reference
