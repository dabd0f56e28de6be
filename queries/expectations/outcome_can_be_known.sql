/*
title: An incident source covers every deployment
grain: one row per service with deployments of unknown outcome
*/
select
  service as subject,
  count(*) as rows,
  'Whether these deployments failed is unknown.' as effect,
  'Connect an incident source, assert completeness, or set metrics.failure_signal.' as remedy
from metrics.wave_outcome
where outcome = 'unknown'
group by service
order by service
