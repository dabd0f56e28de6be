/*
title: Known outcomes by weekday
grain: one row per service and weekday on which a deployment with known outcome went live
description: Weekdays are those of the organisation's time zone; Monday is 1.
*/
select
  o.service,
  isodow(timezone(getvariable('time_zone'), w.live_at)) as weekday,
  count(*) as n,
  count(*) filter (where o.is_failure) as failed,
  min(w.live_at) as first_live_at,
  max(w.live_at) as last_live_at
from metrics.wave_outcome as o
join model.wave as w on w.wave_id = o.wave_id
where o.outcome = 'known'
group by o.service, isodow(timezone(getvariable('time_zone'), w.live_at))
order by o.service, weekday
