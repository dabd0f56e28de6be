/*
title: What records of incidents from changes say
grain: one row per scope and service
audience: leadership
description: Incidents that a deployment is the cause of, with what their records tell.
columns:
  scope: Organisation or service
  service: Name of the service; null for the organisation
  incidents: Incidents that a deployment is the cause of
  with_cause: With a cause in words
  with_severity: With a severity
  with_service: With a service
  classified: With a class of the standard list
  off_list: With a class that is not on the list
  unclassified: Without a class
  stated: With a cause that the record or a person states
  complete: With cause, severity, service and a class of the list
*/
select
  scope,
  service,
  incidents,
  with_cause,
  with_severity,
  with_service,
  classified,
  off_list,
  unclassified,
  stated,
  complete
from correlation.incident_record_quality
order by scope, service
