/*
title: Experiments of releases
grain: one row per release and experiment about it
audience: teams
part: service
columns:
  service: Name of the service
  version: Version of the release
  experiment_id: Identifier of the experiment
  name: Name
  metric: What was measured
  flag: Flag that it went by
  control_value: Value of the control group
  variant_value: Value of the variant
  difference: Variant less control
  effect: Difference as a share of the control
  difference_low: Lower end of the difference's interval, as the source says
  difference_high: Upper end
  evidence: differs, no clear difference or no interval
  decision: What was decided
  started_at: When it began
  decided_at: When it was decided
*/
select
  service,
  version,
  experiment_id,
  name,
  metric,
  flag,
  control_value,
  variant_value,
  difference,
  effect,
  difference_low,
  difference_high,
  evidence,
  decision,
  started_at,
  decided_at
from reports.release_experiments
order by service, version, experiment_id
