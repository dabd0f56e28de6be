/*
title: Exposure of flags on pages
grain: one row per flag and switch of it
rule: "`share` is that of users after the switch: 0 where it was switched off, 1 where it is on and names no share"
description: The flag with the latest switch first by `position`, its switches in time. `place` is where a line of time has the switch, from the first switch of any flag, 0, to as-of, 1.
*/
with switch as (
  select
    source, name, service, occurred_at,
    case when is_on then coalesce(share, 1) else 0 end as share,
    max(occurred_at) over (partition by source, name, service) as last_at,
    min(occurred_at) over (partition by source, name, service) as first_at,
    row_number() over (partition by source, name, service order by occurred_at desc) = 1 as is_last
  from model.flag
)
select
  dense_rank() over (order by w.last_at desc, w.name, w.source, w.service) as position,
  w.name,
  w.source,
  w.service,
  coalesce(s.title, w.service) as service_title,
  w.occurred_at,
  w.share,
  (epoch(w.occurred_at) - epoch(min(w.occurred_at) over ())) / nullif(epoch(getvariable('as_of')::timestamptz) - epoch(min(w.occurred_at) over ()), 0) as place,
  w.is_last,
  case when w.is_last and w.share > 0 then date_diff('second', w.first_at, getvariable('as_of')::timestamptz) // 86400 end as days_on
from switch as w
left join model.service as s on s.service = w.service
order by position, w.occurred_at
