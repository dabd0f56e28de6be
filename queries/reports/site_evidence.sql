/*
title: What is known of deployments and incidents in all
grain: one row
description: >
  Counts over all months, and which kinds of record any source brings, so that pages can tell "none" from "not collected".
*/
with deployed as (
  select
    sum(deployments) as deployments,
    sum(failed) as failed,
    sum(never_live) as never_live,
    sum(retried) as retried,
    count(distinct case when deployments > 0 then service end) as services,
    min(case when deployments > 0 then month end) as first_month
  from reports.site_deployment_month
),
happened as (
  select sum(incidents) as incidents, sum("open") as open, sum(with_cause) as with_cause, min(month) as first_month
  from reports.site_incident_month
)
select
  coalesce(d.deployments, 0)::bigint as deployments,
  coalesce(d.failed, 0)::bigint as failed,
  coalesce(d.never_live, 0)::bigint as never_live,
  coalesce(d.retried, 0)::bigint as retried,
  d.services as deployed_services,
  d.first_month as first_deployment_month,
  coalesce(i.incidents, 0)::bigint as incidents,
  coalesce(i.open, 0)::bigint as open_incidents,
  coalesce(i.with_cause, 0)::bigint as incidents_with_cause,
  i.first_month as first_incident_month,
  (select count(*) from model.deployment_approval) > 0 as has_deployment_approvals,
  (select count(*) from model.change_request) > 0 as has_change_requests,
  (select count(*) from model.pipeline_run) > 0 as has_pipeline_runs,
  (select count(*) from model.calendar_window) > 0 as has_calendar_windows,
  (select count(*) from model.incident_coverage) > 0 as has_incident_coverage
from deployed as d
cross join happened as i
order by d.deployments
