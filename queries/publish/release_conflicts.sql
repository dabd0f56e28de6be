/*
title: Dependent services released together at a peak
grain: one row per peak, freeze or blackout, dependency and day in it on which both services are released
audience: leadership
description: A list, not a rule; WIN-04 is the control that asks for it.
columns:
  window_id: Identifier of the window of the calendar
  kind: peak, freeze or blackout
  reason: What the window is
  day: Day of the organisation's calendar
  service: Service
  upstream: Service that it depends on
  service_versions: Versions of the service that went live, or are planned, on that day
  upstream_versions: The same of the service that it depends on
  deployments: Production deployments of both on that day
  planned: Releases of both that are planned for that day and not out
  seconds_apart: Shortest time between one of the one and one of the other
  train: Release train that both belong to
  order_of_both: at the same time (WIN-04 fails), one after the other (it passes), not judged, or planned
*/
select
  calendar_window_id as window_id, kind, reason, day, service, upstream, service_versions, upstream_versions, deployments, planned, seconds_apart, train, order_of_both
from reports.site_release_conflict
order by position
