/*
title: When what has attributes goes live
grain: one row per production wave, and per change request planned after as-of
description: By the clock of the organisation's time zone.
*/
with placed as (
  select wave_id as subject, live_at as moment
  from model.wave
  union all
  select 'request ' || change_request_id as subject, planned_start as moment
  from model.change_request
  where planned_start >= getvariable('as_of')
),
local as (
  select subject, timezone(getvariable('time_zone'), moment) as clock
  from placed
)
select subject, hour(clock) as hour, dayname(clock) as weekday
from local
order by subject
