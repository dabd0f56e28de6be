/*
title: Waiting on the way through the process
grain: one row per type of change and pair of required steps
audience: leadership
columns:
  type: Type of change request; no_request where there is none
  from_step: Step from which is counted
  to_step: Step until which is counted
  deployments: Production deployments in which both are known and in order
  without: Production deployments in which one is not known, or in the other order
  median_seconds: Median time between them
  p90_seconds: Time that nine of ten stay below
*/
select type, from_step, to_step, deployments, without, median_seconds, p90_seconds
from controls.path_wait
order by type, position
