/*
title: "Attribute of deployments: hour"
grain: one row per production wave, and per change request planned after as-of
description: >
  Three hours of the day in which it went live, or is planned to, in the organisation's time zone: single hours hold too few deployments to tell, and a trend from
  midnight to midnight would call 23:00 and 01:00 opposites.
*/
select
  subject,
  'hour' as attribute,
  null::boolean as flag,
  case hour // 3
    when 0 then '00:00 to 03:00'
    when 1 then '03:00 to 06:00'
    when 2 then '06:00 to 09:00'
    when 3 then '09:00 to 12:00'
    when 4 then '12:00 to 15:00'
    when 5 then '15:00 to 18:00'
    when 6 then '18:00 to 21:00'
    else '21:00 to 24:00'
  end as category,
  null::double as number
from correlation.moment
order by subject
