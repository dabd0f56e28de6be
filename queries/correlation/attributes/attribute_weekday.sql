/*
title: "Attribute of deployments: weekday"
grain: one row per production wave
description: On which it went live, in the organisation's time zone.
*/
select
  wave_id,
  'weekday' as attribute,
  null::boolean as flag,
  case isodow(timezone(getvariable('time_zone'), live_at))
    when 1 then 'Monday'
    when 2 then 'Tuesday'
    when 3 then 'Wednesday'
    when 4 then 'Thursday'
    when 5 then 'Friday'
    when 6 then 'Saturday'
    else 'Sunday'
  end as category,
  null::double as number
from model.wave
order by wave_id
