/*
title: Waits for vendors
grain: one row per ticket and spell in which it waited for somebody outside
rule: >
  From the step into a status that the configuration calls waiting for a vendor to the next step into another; and what a file of such waits says. Spells of one
  ticket that overlap or touch are one
version: 1
description: "`ended_at` null = it waits still. `vendor` is whom files name; several with commas between, null = nobody is named. A file's ticket that is not collected is kept as named."
*/
with step as (
  select
    ticket_id,
    occurred_at,
    lower(trim(to_status)) as status,
    lead(occurred_at) over (partition by ticket_id order by occurred_at, to_status) as left_at
  from model.ticket_transition
),
known as (
  select native_id as name, min(ticket_id) as ticket_id
  from model.ticket
  group by native_id
),
spell as (
  select distinct s.ticket_id, null as vendor, s.occurred_at as started_at, s.left_at as ended_at
  from step as s
  join staging.config_ticket_mark as m on m.kind = 'vendor status' and s.status glob m.pattern
  union
  select coalesce(t.ticket_id, k.ticket_id, w.source || ':' || w.ticket), w.vendor, w.started_at, case when w.ended_at < getvariable('as_of') then w.ended_at end
  from staging.files_vendor_wait as w
  left join model.ticket as t on t.ticket_id = w.ticket
  left join known as k on k.name = w.ticket
  where w.started_at < getvariable('as_of')
),
opened as (
  select
    *,
    case
      when started_at <= max(coalesce(ended_at, getvariable('as_of')::timestamptz)) over (
        partition by ticket_id order by started_at, ended_at nulls last, vendor rows between unbounded preceding and 1 preceding
      ) then 0
      else 1
    end as is_new
  from spell
),
numbered as (
  select *, sum(is_new) over (partition by ticket_id order by started_at, ended_at nulls last, vendor rows between unbounded preceding and current row) as island
  from opened
)
select
  ticket_id,
  min(started_at) as started_at,
  case when count(*) filter (where ended_at is null) = 0 then max(ended_at) end as ended_at,
  string_agg(distinct vendor, ', ' order by vendor) as vendor
from numbered
group by ticket_id, island
order by ticket_id, started_at
