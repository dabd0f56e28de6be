/*
title: How often services are deployed, as nearness in time is weighed by it
grain: one row per service with production deployments
rule: >
  Deployments an hour between the first and the last, four weeks apart at least; half of it what is known of the service, half what is taken of any: two a week. What is
  deployed more often counts as two a week too: else nothing would count by time where something is always near
*/
with known as (
  select
    service,
    count(*) * 3600::double / greatest(date_diff('second', min(live_at), max(live_at)), 2419200) as hourly
  from model.wave
  group by service
)
select service, hourly, (least(hourly, 2::double / 168) + 2::double / 168) / 2 as weighed_hourly
from known
order by service
