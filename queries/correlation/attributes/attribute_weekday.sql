/*
title: "Attribute of deployments: weekday"
grain: one row per production wave, and per change request planned after as-of
description: On which it went live, or is planned to, in the organisation's time zone.
*/
with placed as (
  select wave_id as subject, live_at as moment
  from model.wave
  union all
  select 'request ' || change_request_id as subject, planned_start as moment
  from model.change_request
  where planned_start >= getvariable('as_of')
)
select
  subject,
  'weekday' as attribute,
  null::boolean as flag,
  case isodow(timezone(getvariable('time_zone'), moment))
    when 1 then 'Monday'
    when 2 then 'Tuesday'
    when 3 then 'Wednesday'
    when 4 then 'Thursday'
    when 5 then 'Friday'
    when 6 then 'Saturday'
    else 'Sunday'
  end as category,
  null::double as number
from placed
order by subject
