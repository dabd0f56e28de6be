/*
title: Incidents
grain: one row per incident
description: Steps dated after the as-of instant have not happened yet. What is said to have happened outside production is no incident.
*/
with reported as (
  select
    source, id, service, title, severity, classification, started_at, detected_at, acknowledged_at, mitigated_at, resolved_at, caused_by, cause, url,
    null as environment
  from staging.files_incident
  union all
  select
    source, id, service, title, severity, classification, started_at, detected_at, acknowledged_at, mitigated_at, resolved_at, caused_by, cause, url,
    environment
  from staging.events_incident
  union all
  select
    source, id, service, title, severity, classification, started_at, detected_at, acknowledged_at, mitigated_at, resolved_at, caused_by, cause, url,
    environment
  from staging.github_incident
  union all
  select
    source, id, service, title, severity, classification, started_at, detected_at, acknowledged_at, mitigated_at, resolved_at, caused_by, cause, url,
    environment
  from staging.gitlab_incident
  union all
  select
    source, id, service, title, severity, classification, started_at, detected_at, acknowledged_at, mitigated_at, resolved_at, caused_by, cause, url,
    environment
  from staging.pagerduty_incident
  where merged_into is null
  union all
  select
    source, id, service, title, severity, classification, started_at, detected_at, acknowledged_at, mitigated_at, resolved_at, caused_by, cause, url,
    environment
  from staging.jira_incident
  union all
  select
    source, id, service, title, severity, classification, started_at, detected_at, acknowledged_at, mitigated_at, resolved_at, caused_by, cause, url,
    environment
  from staging.servicenow_incident
  where not is_cancelled
)
select
  i.source || ':' || i.id as incident_id,
  i.id as native_id,
  i.source,
  i.service,
  i.title,
  i.severity,
  i.classification,
  i.started_at,
  case when i.detected_at < getvariable('as_of') then i.detected_at end as detected_at,
  case when i.acknowledged_at < getvariable('as_of') then i.acknowledged_at end as acknowledged_at,
  case when i.mitigated_at < getvariable('as_of') then i.mitigated_at end as mitigated_at,
  case when i.resolved_at < getvariable('as_of') then i.resolved_at end as resolved_at,
  coalesce(i.caused_by, []) as caused_by,
  i.cause,
  i.url
from reported as i
left join model.environment_name as n on n.name = i.environment
left join model.environment as e on e.environment = n.environment
where (e.kind is null or e.kind = 'production') and i.started_at < getvariable('as_of')
order by incident_id
