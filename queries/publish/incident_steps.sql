/*
title: The course of each incident
grain: one row per incident and thing that happened
audience: teams
description: Deployments around it and its own steps.
columns:
  incident_id: Identifier of the incident
  position: Place in order of time, from 1
  lane: The service, an upstream one, or the incident
  step: What happened
  at: When it happened
  wave_id: Deployment, for one
  service: Service of the deployment
*/
select
  incident_id,
  position,
  lane,
  what as step,
  "at",
  wave_id,
  service
from reports.site_incident_step
order by incident_id, position
