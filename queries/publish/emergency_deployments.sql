/*
title: Emergencies whose review no control judged
grain: one row per production deployment that something says was an emergency, and of which no review was judged
audience: leadership
columns:
  deployment_id: Identifier of the deployment
  service: Name of the service
  version: Version that was deployed
  live_at: When it was live everywhere
  signs: "What says that it was one: change request, release, label or branch, each with its name"
  is_outside_scope: True where the configuration leaves its emergency request out of EMG-02; else it has none
*/
select
  wave_id as deployment_id,
  service,
  version,
  occurred_at as live_at,
  list_transform(list_zip(signs, names), lambda pair: pair[1] || ' ' || pair[2]) as signs,
  is_outside as is_outside_scope
from reports.site_emergency_wave
order by position
