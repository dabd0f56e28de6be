/*
title: Tickets of each production deployment
grain: one row per wave and ticket that its changes name, the first 60 of each wave
description: The title is null where the ticket itself is not collected.
*/
with named as (
  select distinct s.service, s.wave_id, unnest(c.tickets) as key
  from model.wave_change as s
  join model.change as c on c.change_id = s.change_id
),
known as (
  select native_id, title, kind, url, row_number() over (partition by native_id order by ticket_id) as choice
  from model.ticket
),
numbered as (
  select
    service, wave_id, key,
    row_number() over (partition by wave_id order by key) as position,
    count(*) over (partition by wave_id) as tickets
  from named
)
select
  n.service,
  p.month,
  n.wave_id,
  n.position,
  n.tickets,
  n.key,
  k.title,
  k.kind,
  k.url
from numbered as n
join reports.site_wave_place as p on p.wave_id = n.wave_id
left join known as k on k.native_id = n.key and k.choice = 1
where n.position <= 60
order by n.service, p.month, n.wave_id, n.position
