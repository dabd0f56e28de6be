/*
title: Waiting changes on pages
grain: one row per service and change merged and not yet deployed, the hundred oldest of each service
*/
with numbered as (
  select service, change_id, merged_at, waiting_seconds,
    row_number() over (partition by service order by merged_at, change_id) as position
  from metrics.waiting_change
)
select
  n.service,
  n.position,
  n.change_id,
  c.number::varchar as number,
  c.title,
  a.shown_as as author,
  n.merged_at,
  n.waiting_seconds,
  c.url
from numbered as n
join model.change as c on c.change_id = n.change_id
left join model.actor as a on a.login = c.author
where n.position <= 100
order by n.service, n.position
