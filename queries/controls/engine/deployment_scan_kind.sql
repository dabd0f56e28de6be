/*
title: Scans of what was deployed, by kind
grain: one row per production deployment and kind of scan
description: The last of each tool together, as controls.deployment_scan has them, by tool; a finding of two tools is in it twice.
*/
select
  deployment_id,
  kind,
  bool_or(state = 'incomplete') as is_incomplete,
  list(evidence_id order by tool) as scans,
  flatten(list(blocking order by tool)) as findings
from controls.deployment_scan
group by deployment_id, kind
order by deployment_id, kind
