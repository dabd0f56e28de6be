/*
title: Incidents by month
grain: one row per month in which an incident began
rule: >
  Time to restore is from the beginning until users were served again, as metrics.incident_restoration says; its median (interpolated) is over the incidents that are restored. Open
  incidents have none
version: 1
description: "`pages` is how many pages list the month."
*/
select
  month,
  count(*) as incidents,
  count(*) filter (where is_open) as open,
  count(*) filter (where accepted > 0) as with_cause,
  count(*) filter (where candidates = 0) as without_candidate,
  count(restored_seconds) as restored,
  percentile_cont(0.5) within group (order by restored_seconds) as median_restored_seconds,
  max(restored_seconds) as longest_restored_seconds,
  max(page) as pages
from reports.site_incident
group by month
order by month
