/*
title: Failures by weekday on pages
grain: one row per service and weekday on which a deployment with known outcome went live
rule: shown for services with at least 50 deployments of known outcome; a weekday has a rate from 10 of them on
version: 1
description: Counts are always there. No claim that the weekday matters follows from them.
*/
select
  service,
  weekday,
  weekday_name,
  n,
  failed,
  case when n >= 10 then value end as value,
  case when n >= 10 then interval_low end as interval_low,
  case when n >= 10 then interval_high end as interval_high,
  n_of_service,
  failed_of_service,
  first_live_at,
  last_live_at,
  n_of_service >= 50 as is_shown
from metrics.weekday_outcome
order by service, weekday
