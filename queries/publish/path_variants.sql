/*
title: Paths through the process
grain: one row per type of change and variant of its path
audience: leadership
columns:
  type: Type of change request; no_request where there is none
  path: Steps that are known, in order of time
  departs_at: First required step that is not known or came late; empty = the path was kept
  departure: Missing or late
  deployments: Production deployments that took it
  services: Services of these
  median_seconds: Median time from the first step to the last
  example_wave_id: Newest deployment that took it
*/
select type, path, departs_at, departure, deployments, services, median_seconds, example_wave_id
from controls.path_variant
order by type, deployments desc, path, departs_at nulls first
