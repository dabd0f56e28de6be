/*
title: Failures by weekday
grain: one row per service and weekday on which a deployment with known outcome went live
audience: leadership
description: An association, not a cause.
columns:
  service: Name of the service
  weekday: 1 is Monday, in the organisation's time zone
  weekday_name: Name of the weekday
  known_outcomes: Production deployments of that weekday whose outcome is known
  failed_deployments: How many of them failed
  fail_ratio: Failed to known, from 0 to 1; null below 10
  interval_low_ratio: Lower end of the 95 % interval (Wilson)
  interval_high_ratio: Upper end of the 95 % interval (Wilson)
*/
select
  service,
  weekday,
  weekday_name,
  n as known_outcomes,
  failed as failed_deployments,
  value as fail_ratio,
  interval_low as interval_low_ratio,
  interval_high as interval_high_ratio
from reports.site_weekday
order by service, weekday
