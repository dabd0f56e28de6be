/*
title: Median lead time of releases
grain: one row per release and basis of lead time
rule: median (interpolated) over the changes that the release brought to production first; bases are never mixed (design 3)
version: 1
*/
select
  service,
  version,
  basis,
  count(*) as n,
  percentile_cont(0.5) within group (order by lead_seconds) as median_seconds,
  min(lead_seconds) as shortest_seconds,
  max(lead_seconds) as longest_seconds
from reports.release_lead_times
group by service, version, basis
order by service, version, basis
