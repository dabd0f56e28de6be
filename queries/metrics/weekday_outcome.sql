/*
title: Failures by weekday
grain: one row per service and weekday
rule: >
  failures per production wave with known outcome, by the weekday in the organisation's time zone on which it went live. 95 % interval:
  Wilson
version: 1
description: Monday is 1. An association, not a cause; whether it is more than chance is for the pattern test to say.
*/
select
  c.service,
  c.weekday,
  case c.weekday
    when 1 then 'Monday'
    when 2 then 'Tuesday'
    when 3 then 'Wednesday'
    when 4 then 'Thursday'
    when 5 then 'Friday'
    when 6 then 'Saturday'
    else 'Sunday'
  end as weekday_name,
  c.n,
  c.failed,
  c.failed::double / c.n as value,
  l.low as interval_low,
  l.high as interval_high,
  sum(c.n) over (partition by c.service)::bigint as n_of_service,
  sum(c.failed) over (partition by c.service)::bigint as failed_of_service,
  min(c.first_live_at) over (partition by c.service) as first_live_at,
  max(c.last_live_at) over (partition by c.service) as last_live_at
from metrics.weekday_count as c
join metrics.wilson_limit as l on l.n = c.n and l.hits = c.failed
order by c.service, c.weekday
